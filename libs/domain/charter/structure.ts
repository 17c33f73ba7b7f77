export interface CharterArticle {
  /** `1.1`, or `11` for a chapter without numbered paragraphs. */
  readonly number: string;
  readonly title: string;
  /** Paragraphs, one a line; points of a list begin with `• `. */
  readonly text: string;
}

export type Phase = 'before' | 'during' | 'after';

export interface Recommendation {
  readonly phase: Phase;
  readonly text: string;
}

/** What a charter says, taken apart. Nothing is judged here: whatever is absent is simply not in it. */
export interface CharterStructure {
  readonly preamble: string;
  readonly articles: readonly CharterArticle[];
  /** The text of the consent form around its statements. */
  readonly form: string;
  /** Statements of the form: backup, authorisation, best efforts, contestation, then any other. */
  readonly statements: readonly string[];
  readonly recommendations: readonly Recommendation[];
}
