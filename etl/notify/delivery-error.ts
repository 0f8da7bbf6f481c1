/** A message could not be delivered. Its sentence holds no secret, no address and nothing the other side answered. */
export class DeliveryError extends Error {
  /** Whether the same may work in a few seconds. */
  readonly isTransient: boolean;
  /** Whether it may have been delivered all the same: whoever must not say a thing twice does not try again. */
  readonly mayHaveGone: boolean;

  constructor(message: string, isTransient: boolean, cause?: unknown, mayHaveGone = false) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DeliveryError';
    this.isTransient = isTransient;
    this.mayHaveGone = mayHaveGone;
  }
}
