/**
 * Identifiers and digests made from secrets of the installation, so that a retry of the same command finds the same ids
 * and nobody outside can guess them or test guesses against them.
 */
export interface Ids {
  /**
   * The id of a thing that a command creates: 20 lower-case base32 characters (100 bits), the same for the same command
   * and label.
   * @param label tells several ids of one command apart: `member`, `session`
   */
  newId(commandId: string, label: string): string;
  /** The command id (a UUID) for an Idempotency-Key of an actor: the same key again is the same command. */
  commandId(actor: string, idempotencyKey: string): string;
  /** A fresh command id for a request without an Idempotency-Key. */
  freshCommandId(): string;
  /**
   * `<epoch>.<HMAC-SHA-256>` of a request's canonical text: tells a retry from another request without keeping the
   * request.
   */
  requestDigest(request: string): string;
  /**
   * True when the digest stored with the first command says that this request is another one. A digest whose root-key
   * epoch is gone can no longer be compared: the command id alone decides then.
   */
  differs(stored: string, request: string): boolean;
}
