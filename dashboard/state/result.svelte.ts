/**
 * What came back for what is looked at. Keeps the last good value while the next is fetched and when it fails, so that
 * numbers never vanish; a late answer to an earlier question never paints.
 */
export class Result<T> {
  /** The last good value. */
  value = $state.raw<T | null>(null);
  /** Why the latest question got no answer; null while it is open or answered. */
  error = $state.raw<Error | null>(null);
  loading = $state(true);
  #latest: AbortController | null = null;

  /** Asks anew and gives up on any earlier question. Returns how to give up on this one. */
  follow(ask: (signal: AbortSignal) => Promise<T>): () => void {
    this.#latest?.abort();
    const mine = new AbortController();
    this.#latest = mine;
    this.loading = true;
    const isCurrent = () => this.#latest === mine && !mine.signal.aborted;
    ask(mine.signal).then(
      (value) => {
        if (!isCurrent()) return;
        this.value = value;
        this.error = null;
        this.loading = false;
      },
      (error: unknown) => {
        if (!isCurrent()) return;
        this.error = error instanceof Error ? error : new Error(String(error));
        this.loading = false;
      },
    );
    return () => mine.abort();
  }

  /** There is nothing to ask. */
  idle(): void {
    this.#latest?.abort();
    this.#latest = null;
    this.value = null;
    this.error = null;
    this.loading = false;
  }
}
