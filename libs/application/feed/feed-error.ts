/**
 * `place-unknown`: the log does not have the event up to which a subscriber was given everything; `not-recorded`: an outcome
 * could not be written down; `address-unreadable`: its key is missing or the vault does not answer; `views-behind`: the views
 * have not seen the log.
 */
export type FeedErrorCode = 'place-unknown' | 'not-recorded' | 'address-unreadable' | 'views-behind';

/** Known by its `code`. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
  constructor(readonly code: FeedErrorCode) {
    super(`The feed cannot go on for now: ${code}.`);
  }
}
