/** One delivery to an address outside. */
export interface WebhookMessage {
  /** An absolute URL. Never logged, never in an error. */
  readonly address: string;
  /** The same whenever the same body is sent again to the same receiver. Printable, without dots. */
  readonly id: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface WebhookSender {
  /**
   * Resolves when the receiver has answered 2xx: from then on it is the receiver's. Whoever is not answered sends again.
   * @param signal gives up at once; whether it arrived is then not known
   * @throws WebhookError
   */
  send(message: WebhookMessage, signal?: AbortSignal): Promise<void>;
}

/**
 * `refused-address`: not an address that this installation sends to, or one that leads into a network of its own.
 * `status`: any answer but 2xx, redirects included. `timeout`: no answer in time.
 */
export type WebhookFault = 'unreachable' | 'timeout' | 'tls' | 'refused-address' | 'status';

/** Known by its `code`. Nothing that the receiver said is in it but the number of its status. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  constructor(
    readonly code: WebhookFault,
    readonly status?: number,
  ) {
    super(`A delivery was not taken: ${code}${status === undefined ? '' : ` ${status}`}.`);
  }
}
