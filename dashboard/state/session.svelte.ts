import type { Catalogue } from '../data/catalogue.ts';
import { fetchCatalogue, fetchRelease, forgetAnswers } from '../data/fetch.ts';
import type { Release } from '../data/release.ts';
import { Result } from './result.svelte.ts';

/** A release and its own catalogue: the two are only ever seen together. */
export interface Served {
  readonly release: Release;
  readonly catalogue: Catalogue;
}

const fetchServed = async (signal: AbortSignal): Promise<Served> => {
  const [release, catalogue] = await Promise.all([fetchRelease(signal), fetchCatalogue(signal)]);
  return { release, catalogue };
};

const minute = 60_000;

/** What the server serves now. Looks again each minute, and whenever the reader comes back to the page. */
class Session {
  served = new Result<Served>();
  /** The release that made us look again last, so that one odd answer cannot make us look for ever. */
  #noticed = '';

  constructor() {
    this.reload();
    setInterval(() => void this.#lookAgain(), minute);
    document.addEventListener('visibilitychange', () => void this.#lookAgain());
  }

  reload(): void {
    forgetAnswers();
    this.served.follow(fetchServed);
  }

  /** Called with the release an answer came from: a newer one than ours means the catalogue is old too. */
  seen(release: string): void {
    const known = this.served.value?.release.release;
    if (release === '' || release === known || release === this.#noticed || this.served.loading) return;
    this.#noticed = release;
    this.reload();
  }

  async #lookAgain(): Promise<void> {
    if (document.visibilityState !== 'visible') return;
    const release = await fetchRelease(AbortSignal.timeout(minute / 2)).catch(() => null);
    if (release !== null) this.seen(release.release);
  }
}

export const session = new Session();
