import type { IsoDate } from './period.ts';

/** What is being served, as `GET /api/release` says it. */
export interface Release {
  readonly release: string;
  readonly builtAt: string;
  /** As of when its extracts speak; where none says so, when it was built: nothing can be known of later days. */
  readonly asOf: string;
  /** Whether an extract says as of when it speaks. */
  readonly tellsAsOf: boolean;
  readonly completeThrough: IsoDate | null;
  readonly sources: readonly {
    readonly id: string;
    readonly contracts: readonly string[];
    readonly privacy: string;
    readonly asOf: string | null;
  }[];
  /** The strictest privacy mode among the sources, in words. */
  readonly privacy: string;
  /** Whose cases its registry holds: those of a hospital, or of a population; null where himsight.yaml does not say. */
  readonly registryKind: 'hospital' | 'central' | null;
  /** What happened in a demo hospital, by ids; none in one of flesh and blood. */
  readonly demoStories: readonly string[];
  /** The newest first. */
  readonly releases: readonly { readonly id: string; readonly builtAt: string; readonly current: boolean }[];
}

/** A release as the server tells it: `asOf` is null where no extract says as of when it speaks. */
export type ToldRelease = Omit<Release, 'asOf' | 'tellsAsOf'> & { readonly asOf: string | null };

export const readRelease = (told: ToldRelease): Release => ({
  ...told,
  asOf: told.asOf ?? told.builtAt,
  tellsAsOf: told.asOf !== null,
});
