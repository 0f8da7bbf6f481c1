/** Shares of a distribution on either side of a value. Both are given, since 1 − share has no digits left near 1. */
export interface Shares {
  readonly below: number;
  readonly above: number;
}
