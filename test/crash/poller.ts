import { setTimeout as sleep } from 'node:timers/promises';

interface Body {
  readonly release: string;
  readonly rows: readonly { readonly metric: string; readonly period: string | null; readonly value: number | null }[];
}

const question = JSON.stringify({ metrics: ['encounters'], grain: 'month' });

/**
 * Asks a server the same question all the time, and remembers what was not as it should be: an answer other than 200,
 * no answer, or two different bodies under one release, which a body of two releases would show as.
 */
export class Poller {
  readonly problems: string[] = [];
  /** Release → the rows it was seen with, as text. */
  readonly releases = new Map<string, string>();
  requests = 0;
  #isStopped = false;
  #milliseconds = 0;
  #latest = 0;
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Requests a second, over the whole time. */
  get rate(): number {
    return this.requests / (this.#milliseconds / 1000);
  }

  async untilUp(): Promise<void> {
    for (let i = 0; i < 300; i++) {
      const response = await fetch(`${this.#url}/api/health`).catch(() => null);
      if (response?.status === 200) return;
      await sleep(100);
    }
    throw new Error('the server did not come up in 30 seconds');
  }

  /** Polls at about 30 Hz, whatever the answers take, until `stop`. */
  async run(): Promise<void> {
    const started = performance.now();
    const open = new Set<Promise<void>>();
    while (!this.#isStopped) {
      const asked = this.#ask().finally(() => open.delete(asked));
      open.add(asked);
      await sleep(33);
    }
    await Promise.all(open);
    this.#milliseconds = performance.now() - started;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** The number of encounters served, once it is `expected` or after ten seconds. */
  async waitForEncounters(expected: number): Promise<number> {
    for (let i = 0; i < 100 && this.#latest !== expected; i++) await sleep(100);
    return this.#latest;
  }

  async #ask(): Promise<void> {
    this.requests += 1;
    try {
      const response = await fetch(`${this.#url}/api/query`, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: question,
      });
      if (response.status !== 200) {
        this.problems.push(`answer ${response.status}`);
        return;
      }
      const { release, rows } = (await response.json()) as Body;
      const seen = JSON.stringify(rows);
      const before = this.releases.get(release);
      if (before !== undefined && before !== seen) this.problems.push(`two bodies under release ${release}`);
      this.releases.set(release, seen);
      this.#latest = rows.reduce((sum, { value }) => sum + (value ?? 0), 0);
    } catch (error) {
      this.problems.push(`no answer: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }
}
