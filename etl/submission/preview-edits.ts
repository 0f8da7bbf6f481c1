import { editKeys } from '../../warehouse/query/edit-keys.ts';
import { editReport, type EditReport } from '../../warehouse/query/edit-report.ts';
import type { CheckKeys } from '../../warehouse/query/check-detail.ts';
import { UserError } from '../../warehouse/error.ts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { checkSettings } from '../workspace/check-settings.ts';
import { caseKey, keysOfSent, shownKey, shownKeyColumns } from './case-rows.ts';
import { reportLabel } from './manifest.ts';
import { judgedOf, type PreviewRequest } from './preview.ts';
import { readProfile, type Profile } from './profile.ts';
import { askChecks, type RowCheckResult } from './row-check.ts';

/** How the rows that would be sent fare with what they are asked: counts, and of the profile's own checks first keys. */
export interface PreviewEdits {
  readonly release: string;
  readonly profile: string;
  /** The honest label: what these questions are, and what they are not. */
  readonly says: string;
  /** In order of id; null of rows that are no abstracts. */
  readonly edits: EditReport['edits'] | null;
  readonly years: EditReport['years'];
  /** The profile's own; one of level error that a row breaks keeps a package from being written. */
  readonly checks: readonly RowCheckResult[];
  /** Names of the parts of a key in `checks`. */
  readonly key: readonly string[];
}

/** Puts the edits of a release and the checks of a profile to exactly the rows that would be sent. @throws as `previewSubmission` */
export const previewEdits = (request: PreviewRequest): Promise<PreviewEdits> =>
  withProfile(request, async (connection, profile) => {
    const { workspace, reader, period, signal } = request;
    const judged = judgedOf(profile, period);
    const isCsv = profile.format === 'csv';
    const key = isCsv ? profile.key : shownKeyColumns;
    const report = isCsv
      ? null
      : await editReport(connection, {
          settings: checkSettings(workspace),
          cases: keysOfSent(judged),
          ...(signal ? { signal } : {}),
        });
    const checks = await askChecks(connection, profile.checks, judged, key);
    return {
      ...{ release: reader.release, profile: profile.id, says: reportLabel, key, checks },
      ...{ edits: report?.edits ?? null, years: report?.years ?? [] },
    };
  });

/**
 * Those of them that fail one edit, by what `edits.csv` of a package names: surrogates and numbers, not the site; of an edit
 * between records the patient.
 *
 * @throws as `previewSubmission`, and where there is no such edit
 */
export const previewKeys = (
  request: PreviewRequest & { readonly edit: string; readonly limit: number },
): Promise<CheckKeys> =>
  withProfile(request, async (connection, profile) => {
    const { workspace, reader, period, edit, limit, signal } = request;
    if (profile.format === 'csv')
      throw new UserError(`Profile ${profile.id} sends rows that are no abstracts: edits are not put to them.`);
    const found = await editKeys(connection, {
      settings: checkSettings(workspace),
      cases: keysOfSent(judgedOf(profile, period)),
      ...{ edit, limit, hidden: caseKey.slice(shownKey(caseKey).length) },
      ...(signal ? { signal } : {}),
    });
    return { release: reader.release, ...found };
  });

const withProfile = async <T>(
  { workspace, reader, profile }: PreviewRequest,
  use: (connection: DuckDBConnection, profile: Profile) => Promise<T>,
): Promise<T> => {
  const connection = await reader.connect();
  try {
    return await use(connection, readProfile(workspace, profile));
  } finally {
    connection.closeSync();
  }
};
