/** Papers that are made when somebody asks for them, and sent by nobody. Names stand in addresses and on paper: add, never rename. */
export const paperKinds = ['consent-form', 'oral-script', 'technician-undertaking', 'annual-statistics'] as const;
export type PaperKind = (typeof paperKinds)[number];

/** Raised whenever the words of a paper change. */
export const paperVersions: Readonly<Record<PaperKind, number>> = {
  'consent-form': 1,
  'oral-script': 1,
  'technician-undertaking': 1,
  'annual-statistics': 1,
};

/** What a consent by word of mouth names as its script: `oral-script.1`. */
export const paperReference = (kind: PaperKind): string => `${kind}.${paperVersions[kind]}`;
