// Values here are the storage format.

/** What a breach of personal data touches (GDPR 4(12)). */
export const breachKinds = ['confidentiality', 'integrity', 'availability'] as const;
export type BreachKind = (typeof breachKinds)[number];

/** For the persons concerned: none likely, some, high (GDPR 33(1), 34(1)). */
export const riskLevels = ['unlikely', 'risk', 'high'] as const;
export type RiskLevel = (typeof riskLevels)[number];

/** Why persons are not told one by one although the risk is high (GDPR 34(3) a–c). */
export const tellingExemptions = ['protected-data', 'risk-removed', 'public-communication'] as const;
export type TellingExemption = (typeof tellingExemptions)[number];

export const noticeChannels = ['email', 'post', 'phone', 'in-person'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];
