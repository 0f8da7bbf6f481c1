import type { Reader } from '../../warehouse/open.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { ToldRelease } from '../data/release.ts';

/** What a workspace says of its sources and its registry, beside what the release says of itself. */
export interface Told {
  /** The sources as configured. */
  readonly sources: readonly { readonly id: string; readonly privacy: string }[];
  readonly registryKind: ToldRelease['registryKind'];
  /** The stories of a demo hospital; what a workspace of real sources has none of. */
  readonly demoStories: ToldRelease['demoStories'];
  /** Releases that can be gone back to, newest first. */
  readonly releases: ToldRelease['releases'];
}

/** A release as a page or a report is told of it: what it was made from, how far it is complete, how private it is. */
export const toldRelease = async (
  reader: Reader,
  { sources: configured, registryKind, demoStories, releases }: Told,
): Promise<ToldRelease> => {
  const connection = await reader.connect();
  try {
    const [release] = await readRows(
      connection,
      `select release, strftime(built_at, '%Y-%m-%dT%H:%M:%SZ') as "builtAt", strftime(as_of, '%Y-%m-%dT%H:%M:%S') as "asOf",
        cast(complete_through as varchar) as "completeThrough"
      from meta.release`,
    );
    const sources = await readRows(
      connection,
      `select source_id as id, list(contract order by contract) as contracts,
        strftime(max(as_of), '%Y-%m-%dT%H:%M:%S') as "asOf", cast(min(through) as varchar) as "completeThrough"
      from meta.coverage group by source_id order by source_id`,
    );
    const privacyOf = (id: unknown) => configured.find((source) => source.id === id)?.privacy ?? null;
    return {
      ...release,
      sources: sources.map((source) => ({ ...source, privacy: privacyOf(source.id) })),
      privacy: privacySentence(configured.map(({ privacy }) => privacy)),
      registryKind,
      demoStories,
      releases,
    } as unknown as ToldRelease;
  } finally {
    connection.closeSync();
  }
};

/** From what asks for most care to what asks for least. */
const privacyModes: readonly (readonly [mode: string, sentence: string])[] = [
  [
    'limited_data_set',
    'Limited data set: dates are real, so this is protected health information under a data use agreement.',
  ],
  ['expert_determination', 'De-identified by expert determination (45 CFR 164.514(b)(1)).'],
  ['safe_harbor', 'De-identified by Safe Harbor (45 CFR 164.514(b)(2)): no dates but years.'],
  ['synthetic', 'Synthetic data: no patient stands behind it.'],
];

const privacySentence = (modes: readonly string[]): string =>
  privacyModes.find(([mode]) => modes.includes(mode))?.[1] ?? 'No source is configured.';
