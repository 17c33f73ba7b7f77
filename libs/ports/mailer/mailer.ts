/** One letter on its way, already opened: it is kept nowhere. */
export interface Mail {
  /** One address. */
  readonly to: string;
  /** Nothing about the person or the matter: subjects are read by whoever carries them. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same at every attempt at the same letter, so that mail systems recognise it. Letters, digits, dots and hyphens. */
  readonly reference: string;
}

export interface Mailer {
  /**
   * Resolves when the next mail system has taken the letter.
   * @throws MailError
   */
  send(mail: Mail): Promise<void>;
  close(): Promise<void>;
}

/**
 * `temporary`: not taken, try again later. `permanent`: refused for good. `unknown-outcome`: the connection broke after the
 * letter was given: it may have been taken.
 */
export type MailFault = 'temporary' | 'permanent' | 'unknown-outcome';

/** Known by its `code`; `reply` is the three digits of the mail system, never its words, which may name people. */
export class MailError extends Error {
  override readonly name = 'MailError';
  constructor(
    readonly code: MailFault,
    readonly reply: string,
  ) {
    super(`The mail system did not take a letter: ${code} (${reply}).`);
  }
}
