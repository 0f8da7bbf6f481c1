/** Rows drawn for one scan of sql/check, and which of them break which of its checks. */
export interface Example {
  /** Tables by name, drawn as text; columns not drawn are null. */
  readonly tables?: Readonly<Record<string, string>>;
  /** Statements for what takes many rows. */
  readonly also?: readonly string[];
  /**
   * For every check of the scan, the keys of the rows that break it, columns apart by a space, in order. Some other row
   * always applies and does not break it.
   */
  readonly breaks: Readonly<Record<string, readonly string[]>>;
}
