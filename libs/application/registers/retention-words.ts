import { type KeptKind, LAPSED_MONTHS, retentionRules } from '#domain/retention/rules.js';

/** French: how long a kind is kept, since when and why, from the very rules that the nightly run goes by. */
export function retentionWords(kind: KeptKind, journalMonths: number): string {
  const { months, from, basis } = retentionRules[kind];
  return `${months === 'journal' ? journalMonths : months} mois après ${from} (${basis})`;
}

/** Several kinds in one sentence; a hold suspends each of them. */
export const retentionOfKinds =
  (...kinds: readonly (readonly [name: string, kind: KeptKind])[]) =>
  (journalMonths: number): string => {
    const [only] = kinds;
    const each =
      kinds.length === 1 && only !== undefined
        ? [retentionWords(only[1], journalMonths)]
        : kinds.map(([name, kind]) => `${name} : ${retentionWords(kind, journalMonths)}`);
    return `${each.join('. ')}. Un gel pour litige suspend ce délai`;
  };

export const memberRetention = (journalMonths: number): string =>
  `Le temps de l’adhésion, puis ${retentionWords('member', journalMonths)} ; adhésion non renouvelée : ${LAPSED_MONTHS} mois. Ou jusqu’à l’effacement demandé`;
