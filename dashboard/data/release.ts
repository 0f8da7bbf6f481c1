import type { IsoDate } from './period.ts';

/** What is being served, as `GET /api/release` says it. */
export interface Release {
  readonly release: string;
  readonly builtAt: string;
  readonly asOf: string;
  readonly completeThrough: IsoDate | null;
  readonly sources: readonly {
    readonly id: string;
    readonly contracts: readonly string[];
    readonly privacy: string;
    readonly asOf: string | null;
  }[];
  /** The strictest privacy mode among the sources, in words. */
  readonly privacy: string;
  /** The newest first. */
  readonly releases: readonly { readonly id: string; readonly builtAt: string; readonly current: boolean }[];
}
