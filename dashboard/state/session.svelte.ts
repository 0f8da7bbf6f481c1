import type { Catalogue } from '../data/catalogue.ts';
import { fetchCatalogue, fetchHealth, fetchRelease } from '../data/fetch.ts';
import { OtherRelease } from '../data/other-release.ts';
import type { Release } from '../data/release.ts';
import { RequestError } from '../data/request.ts';
import { Result } from './result.svelte.ts';

/** A release and its own catalogue: the two are only ever seen together. */
export interface Served {
  readonly release: Release;
  readonly catalogue: Catalogue;
}

/** Asked once more where a new release came between the two. @throws RequestError */
const fetchServed = async (signal: AbortSignal, again = true): Promise<Served> => {
  const [release, catalogue] = await Promise.all([fetchRelease(signal), fetchCatalogue(signal)]);
  if (release.release === catalogue.release) return { release, catalogue };
  if (again) return fetchServed(signal, false);
  throw new RequestError('The server is changing from one release to another; try again in a moment.', 503);
};

/** Milliseconds between two looks at the server: while it answers, and while it does not. */
const calm = 10_000;
const anxious = 2000;

const never = new Promise<never>(() => undefined);

/**
 * What the server serves now. Looks again every few seconds: a page shows one release at a time, and all of it changes
 * when another one is served; a server that does not answer is waited for.
 */
class Session {
  served = new Result<Served>();
  /** The server does not answer; what was asked is asked again once it does. */
  isLost = $state(false);
  /** The release on show took the place of another one while the page stood open. */
  isChanged = $state(false);
  #startsOver = false;
  #watch: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.reload();
    this.#watchIn(calm);
    document.addEventListener('visibilitychange', () => this.#watchIn(0));
  }

  reload(): void {
    this.served.follow(fetchServed);
  }

  /**
   * Puts a question about the release on show, and again whenever that is loaded anew. An answer of another release, or
   * none because the server is away, leaves the question open: the page is about to change, or the question to be put
   * again. Call it in an effect.
   */
  follow<T>(result: Result<T>, ask: (release: string, signal: AbortSignal) => Promise<T>): () => void {
    const release = this.served.value?.release.release ?? '';
    return result.follow((signal) =>
      ask(release, signal).catch((error: unknown) => {
        if (error instanceof OtherRelease) this.#meet(error.release);
        else if (error instanceof RequestError && error.status === 0) this.#lose();
        else throw error;
        return never;
      }),
    );
  }

  /** A part of the program itself could not be fetched: all of it is loaded anew once the server answers. */
  startOver(): void {
    this.#startsOver = true;
    this.#lose();
  }

  #watchIn(milliseconds: number): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => void this.#look(), milliseconds);
  }

  async #look(): Promise<void> {
    if (document.visibilityState === 'visible') {
      await fetchHealth(AbortSignal.timeout(calm)).then(
        ({ release }) => this.#meet(release),
        (error: unknown) => {
          if (!(error instanceof RequestError) || error.status === 0) this.#lose();
        },
      );
    }
    this.#watchIn(this.isLost ? anxious : calm);
  }

  #lose(): void {
    if (this.isLost) return;
    this.isLost = true;
    this.#watchIn(anxious);
  }

  /** The server answers, and from this release. */
  #meet(release: string): void {
    if (this.#startsOver) location.reload();
    const known = this.served.value?.release.release ?? '';
    if (this.served.loading || (release === known && !this.isLost)) return;
    this.isLost = false;
    this.isChanged ||= known !== '' && release !== known;
    this.reload();
  }
}

export const session = new Session();
