import type { AnySealedEvent } from '#kernel/define-event.js';

/** Stands for what is about somebody else than the member. */
export const MASK = { masked: 'third-person' } as const;

/** Fields that are about the person who represents the member. */
const OF_REPRESENTATIVE: Readonly<Record<string, readonly string[]>> = {
  RepresentativeRecorded: ['name', 'basis'],
  ConsentGiven: ['signerName'],
  ComplaintFiled: ['complainant'],
};

/** Somebody acted for the member: always where a representative is recorded, elsewhere where one is named. */
const byRepresentative = ({ type, data }: AnySealedEvent): boolean =>
  type === 'RepresentativeRecorded' || data.representativeId !== undefined;

const NOBODY_OF_THE_TEAM: Readonly<Record<string, string>> = { system: 'le logiciel', member: 'vous-même' };

export interface Masking {
  /** Ids of the people of the association. */
  readonly staffIds: ReadonlySet<string>;
  /** `<event id>.<field>` of free texts that are about somebody else, as the person who answers has read them. */
  readonly fields: ReadonlySet<string>;
}

/**
 * Takes third persons out of events: people of the association become « membre de l’équipe 1 », the same one throughout;
 * a representative's name and chosen texts become a mark. Member's own values stay sealed as they were.
 */
export function masker({ staffIds, fields }: Masking) {
  const pseudonyms = new Map<string, string>();
  const nameOf = (staffId: string): string => {
    const known = pseudonyms.get(staffId) ?? `membre de l’équipe ${pseudonyms.size + 1}`;
    pseudonyms.set(staffId, known);
    return known;
  };
  const within = (value: unknown): unknown => {
    if (typeof value === 'string') return staffIds.has(value) ? nameOf(value) : value;
    if (Array.isArray(value)) return value.map(within);
    if (typeof value !== 'object' || value === null || '$sealed' in value) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, within(part)]));
  };
  return {
    actor: (staffId: string): string => NOBODY_OF_THE_TEAM[staffId] ?? nameOf(staffId),
    data(event: AnySealedEvent): Readonly<Record<string, unknown>> {
      const hidden = byRepresentative(event) ? (OF_REPRESENTATIVE[event.type] ?? []) : [];
      const isHidden = (name: string) => hidden.includes(name) || fields.has(`${event.meta.eventId}.${name}`);
      return Object.fromEntries(
        Object.entries(event.data).map(([name, value]) => [name, isHidden(name) ? MASK : within(value)]),
      );
    },
  };
}
