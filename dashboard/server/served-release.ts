import type { Reader } from '../../warehouse/open.ts';

/** How releases are found, opened and made ready; the engine in earnest, plain objects in a test. */
export interface ReleaseSource<Ready> {
  /** Id that CURRENT names, or null before the first release. */
  readonly current: () => Promise<string | null>;
  readonly open: (release: string) => Promise<Reader>;
  /** What every answer needs beside the reader, worked out once a release: the catalogue. */
  readonly prepare: (reader: Reader) => Promise<Ready>;
}

interface Held<Ready> {
  readonly reader: Reader;
  readonly ready: Ready;
  inFlight: number;
  /** Closes it a while after it was last asked for by name. */
  lingering: NodeJS.Timeout | null;
}

/** What an answer is made from: one release from its first byte to its last. */
export interface Lease<Ready> {
  readonly reader: Reader;
  readonly ready: Ready;
}

/**
 * The release being served: follows CURRENT, and swaps without a request noticing.
 *
 * A request that began on a release ends on it; a release is closed when the last such request is done. A release that
 * cannot be opened leaves the one before it in place, and is tried again at the next look.
 */
export class ServedRelease<Ready> {
  readonly #source: ReleaseSource<Ready>;
  readonly #onTrouble: (error: unknown) => void;
  readonly #lingerMs: number;
  readonly #held = new Map<string, Held<Ready>>();
  readonly #opening = new Map<string, Promise<Held<Ready>>>();
  #current: Held<Ready> | null = null;
  #looking: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  /** @param lingerMs how long a release asked for by name stays open after its last answer: the next one comes soon */
  constructor(source: ReleaseSource<Ready>, onTrouble: (error: unknown) => void, lingerMs = 0) {
    this.#source = source;
    this.#onTrouble = onTrouble;
    this.#lingerMs = lingerMs;
  }

  /** Id of the release served now, or null before the first. */
  get release(): string | null {
    return this.#current?.reader.release ?? null;
  }

  /** Looks at CURRENT now, and again every so many milliseconds until closed. */
  async follow(everyMs: number): Promise<void> {
    await this.look();
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.follow(everyMs), everyMs);
    this.#timer.unref();
  }

  /** Looks at CURRENT once and swaps when it names another release; looks at the same time are one look. */
  look(): Promise<void> {
    this.#looking ??= this.#swap()
      .catch(this.#onTrouble)
      .finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #swap(): Promise<void> {
    const named = await this.#source.current();
    if (named === null || named === this.release || this.#closed) return;
    // Rolled back to while its last requests still run: the same file is never opened twice in one process.
    const next = await this.#hold(named);
    const last = this.#current;
    this.#current = next;
    if (last) await this.#closeIfDone(last);
  }

  /** A release that is open, or opened now; whoever asks meanwhile gets the same one. */
  #hold(release: string): Promise<Held<Ready>> {
    const held = this.#held.get(release);
    if (held) return Promise.resolve(held);
    const opening =
      this.#opening.get(release) ??
      this.#open(release)
        .then((opened) => {
          this.#held.set(release, opened);
          return opened;
        })
        .finally(() => this.#opening.delete(release));
    this.#opening.set(release, opening);
    return opening;
  }

  async #open(release: string): Promise<Held<Ready>> {
    const reader = await this.#source.open(release);
    try {
      return { reader, ready: await this.#source.prepare(reader), inFlight: 0, lingering: null };
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  /**
   * Runs an answer on the release served now, and holds that release open until the answer is whole.
   *
   * @returns null when there is no release yet
   */
  async use<T>(answer: (lease: Lease<Ready>) => Promise<T>): Promise<T | null> {
    return this.#current && this.#lend(this.#current, answer);
  }

  /**
   * Runs an answer on a release that still stands, served or not, and closes it afterwards, or a while later, unless it is
   * served.
   *
   * @throws Error when it cannot be opened
   */
  async useRelease<T>(release: string, answer: (lease: Lease<Ready>) => Promise<T>): Promise<T> {
    return this.#lend(await this.#hold(release), answer, this.#lingerMs);
  }

  async #lend<T>(held: Held<Ready>, answer: (lease: Lease<Ready>) => Promise<T>, lingerMs = 0): Promise<T> {
    held.inFlight++;
    if (held.lingering) clearTimeout(held.lingering);
    held.lingering = null;
    try {
      return await answer(held);
    } finally {
      held.inFlight--;
      if (lingerMs > 0 && !this.#closed) this.#linger(held, lingerMs);
      else await this.#closeIfDone(held);
    }
  }

  #linger(held: Held<Ready>, lingerMs: number): void {
    if (held.lingering) clearTimeout(held.lingering);
    held.lingering = setTimeout(() => void this.#closeIfDone(held).catch(this.#onTrouble), lingerMs);
    held.lingering.unref();
  }

  async #closeIfDone(held: Held<Ready>): Promise<void> {
    if (held === this.#current || held.inFlight > 0) return;
    if (!this.#held.delete(held.reader.release)) return;
    await held.reader.close();
  }

  /** Stops following; releases close as their last answers end. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking;
    this.#current = null;
    for (const held of [...this.#held.values()]) {
      if (held.lingering) clearTimeout(held.lingering);
      await this.#closeIfDone(held);
    }
  }
}
