import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { CheckSettings } from '../../warehouse/check/check.ts';
import { editReport, failingCasesSql, type EditReport } from '../../warehouse/query/edit-report.ts';
import { identifier } from '../../warehouse/quote.ts';
import { caseKey, keysOfSent } from './case-rows.ts';
import { csvLine } from './csv-line.ts';
import { rowsOf } from './rows-of.ts';
import { writeFile } from './write-file.ts';

/** How the cases of a package fare with the named edits. */
export interface SubmittedEdits {
  /** Edits that some case fails, those that most fail first. */
  readonly failing: readonly EditReport['edits'][number][];
  /** How many were put to the cases. */
  readonly asked: number;
  readonly years: EditReport['years'];
}

/** What of a case's key is named in a list: surrogates and numbers, not the site. */
const named = caseKey.slice(0, -1);

/**
 * Puts the edits of a release to the cases that are sent, and lists the cases that fail one in `edits.csv`, a line a case and
 * edit; of an edit between the abstracts of a patient the patient alone is named.
 *
 * @param judged SQL of `judgedCases`
 */
export const putEdits = async (
  connection: DuckDBConnection,
  settings: CheckSettings,
  judged: string,
  folder: string,
): Promise<SubmittedEdits> => {
  const cases = keysOfSent(judged);
  const { edits, years } = await editReport(connection, { settings, cases });
  const columns = named.map(identifier).join(', ');
  const rows = await failingCasesSql(connection, { settings, cases });
  const text = async function* (): AsyncGenerator<string> {
    yield csvLine([...named, 'edit']);
    for await (const row of rowsOf(connection, `select ${columns}, edit_id from (${rows}) order by all`))
      yield csvLine(row.map((value) => value as string | null));
  };
  await writeFile(join(folder, 'edits.csv'), 'edits.csv', text());
  return {
    failing: edits.filter(({ failing }) => failing > 0).sort((a, b) => b.failing - a.failing),
    asked: edits.length,
    years,
  };
};
