import type { DuckDBConnection } from '@duckdb/node-api';
import type { Workspace } from '../workspace/workspace.ts';
import { judgedCases, type SubmissionPeriod } from './case-rows.ts';
import type { Difference } from './difference.ts';
import { openKeptApart } from './kept-apart/kept-apart.ts';
import { modifiedCases } from './kept-apart/modified-cases.ts';
import type { FilePlan } from './make-package.ts';
import { digestsOf } from './naaccr-body.ts';
import { naaccrFile } from './naaccr-file.ts';
import type { CsvProfile, NaaccrProfile, Profile } from './profile.ts';
import { needsKeptApart, profileDictionaries } from './profile-dictionaries.ts';
import { judgedRows, relationBody } from './relation-body.ts';
import type { RowDigest } from './row-digest.ts';

/** A package before it is written. */
export interface Prepared {
  /** SQL of its rows with `_left_out`: why one is not sent, null where it is. */
  readonly judged: string;
  /** Of the key that its rows are digested under; null: under none. */
  readonly keyId: string | null;
  /** Against what was sent before, where that decides what is sent now. */
  readonly difference: Difference | null;
  /** @param onRow told of each row that is written */
  readonly plan: (onRow: (row: RowDigest) => void) => Promise<FilePlan>;
  readonly close: () => void;
}

export interface PrepareRequest {
  readonly workspace: Workspace;
  readonly connection: DuckDBConnection;
  readonly release: string;
  readonly period: SubmissionPeriod;
  /** Where packages are remembered. */
  readonly folder: string;
}

/** Finds out which rows of a release a profile sends, and how they are written. */
export const prepared = (request: PrepareRequest, profile: Profile): Promise<Prepared> =>
  profile.format === 'csv' ? Promise.resolve(preparedRows(request, profile)) : preparedCases(request, profile);

const preparedRows = ({ connection, period }: PrepareRequest, profile: CsvProfile): Prepared => {
  const judged = judgedRows(profile, period);
  return {
    ...{ judged, keyId: null, difference: null, close: () => {} },
    plan: async (onRow) => ({
      body: await relationBody(connection, profile, judged, onRow),
      facts: null,
      reread: () => Promise.resolve({ flaws: [], codes: [], facts: null }),
    }),
  };
};

const preparedCases = async (request: PrepareRequest, profile: NaaccrProfile): Promise<Prepared> => {
  const { workspace, connection, release, period, folder } = request;
  const dictionaries = profileDictionaries(workspace, profile);
  const keptApart = needsKeptApart(profile) ? await openKeptApart(workspace, dictionaries.known) : null;
  const close = (): void => keptApart?.abstracts.close();
  try {
    const all = judgedCases(profile.cases, period);
    const source = { connection, profile, items: dictionaries.items, keptApart };
    const modified =
      profile.recordType === 'M' && keptApart !== null
        ? await modifiedCases({
            ...{ workspace, connection, profile, judged: all, folder, keyId: keptApart.keyId },
            now: digestsOf({ ...source, judged: all }),
          })
        : null;
    const judged = modified?.judged ?? all;
    return {
      ...{ judged, keyId: keptApart?.keyId ?? null, difference: modified?.difference ?? null, close },
      plan: (onRow) => naaccrFile({ workspace, dictionaries, release, source: { ...source, judged, onRow } }),
    };
  } catch (error) {
    close();
    throw error;
  }
};
