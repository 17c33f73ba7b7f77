/** The four statements of a consent in the words in which they are told back to the member. */
const STATEMENTS = [
  ['backup', 'J’ai sauvegardé mes données'],
  ['authorise', 'J’autorise la prise de contrôle à distance'],
  ['bestEfforts', 'Je comprends que l’association s’engage sur les moyens, pas sur le résultat'],
  ['eightDays', 'Je signale ce qui ne va pas dans les huit jours'],
] as const;

export type Statements = Readonly<Partial<Record<(typeof STATEMENTS)[number][0], boolean>>>;

/** One line for each, with its answer as it was recorded. */
export const statementLines = (statements: Statements): readonly string[] =>
  STATEMENTS.map(([name, words]) => `${words} : ${statements[name] ? 'oui' : 'non'}`);
