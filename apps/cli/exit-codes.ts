/** What the exit code of `temoin` says; part of its interface. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  refused: 3,
  notFound: 4,
  unavailable: 5,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeDocs: readonly (readonly [ExitCode, string])[] = [
  [exitCodes.ok, 'Done.'],
  [exitCodes.failure, 'Something failed, or a check found something wrong (doctor, rebuild).'],
  [exitCodes.usage, 'The command line cannot be understood.'],
  [exitCodes.refused, 'The charter or the present state of things refuses it, or the question was answered no.'],
  [exitCodes.notFound, 'There is nothing under that name.'],
  [
    exitCodes.unavailable,
    'The data folder, a store, the root key or a setting stands in the way; the message says what to do.',
  ],
];

/** Ends a command with a sentence and an exit code. */
export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    /** More for `--json`. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
