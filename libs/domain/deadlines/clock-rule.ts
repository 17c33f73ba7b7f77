/**
 * How one clock of the charter or of the law runs. A rule says everything that the computation needs, so that the
 * derivation shown to a person is the computation itself.
 */
export interface ClockRule {
  readonly code: ClockCode;
  /** What the clock measures, in French, as a heading. */
  readonly name: string;
  /** Where the length comes from: the charter's article, the law, or the association's own setting. */
  readonly source: string;
  readonly length: Length;
  /** Moves to the next working day when it would end on a Saturday, Sunday, holiday or closing day (CPC 642 by analogy). */
  readonly shifts: boolean;
}

export type Length =
  /** From the day after the event (CPC 641); ends at 24:00 of the last day. */
  | { readonly unit: 'days'; readonly count: number }
  /** Counts working days only, from the day after. */
  | { readonly unit: 'working-days'; readonly count: number }
  /** The day of the same number, or the month's last day; ends at 24:00. */
  | { readonly unit: 'months'; readonly count: number }
  /** Running time, nights and holidays included; ends at that very minute. */
  | { readonly unit: 'hours'; readonly count: number }
  | { readonly unit: 'minutes'; readonly count: number };

export type ClockCode =
  | 'consent-validity'
  | 'session'
  | 'prompt-complaint'
  | 'formal-complaint'
  | 'complaint-acknowledgement'
  | 'complaint-proposal'
  | 'mediator-wait'
  | 'mediator-referral'
  | 'mediator-admissibility'
  | 'mediator-outcome'
  | 'rights-answer'
  | 'rights-answer-extended'
  | 'breach-notification'
  | 'journal-retention'
  | 'access-log'
  | 'backup-rotation'
  | 'hold-review'
  | 'deviation-review'
  | 'follow-up'
  | 'credential-change'
  | 'breach-triage'
  | 'undertaking-renewal';
