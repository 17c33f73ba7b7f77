import type { LocalDate } from '#kernel/time.js';
import type { AmendmentChannel, CharterParameters } from './parameters.js';

export interface PublishCharter {
  readonly type: 'PublishCharter';
  readonly charterVersionId: string;
  readonly effectiveFrom: LocalDate;
  /** The charter as it came, to the letter. */
  readonly text: string;
  /** Values for parameters that the text does not give or gives twice; a value against a clear text is refused. */
  readonly parameters: Partial<CharterParameters>;
  /** Ids of the importer's problems (`missing:sessionMinutes`) that the publisher accepts; each of them, or refused. */
  readonly acceptedMissing: readonly string[];
  readonly changeSummary?: string;
}

export interface NotifyCharter {
  readonly type: 'NotifyCharter';
  readonly charterVersionId: string;
  readonly channel: AmendmentChannel;
  readonly notifiedOn: LocalDate;
  readonly evidenceRef?: string;
}

export type CharterCommand = PublishCharter | NotifyCharter;
