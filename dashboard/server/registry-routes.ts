import type { Reader } from '../../warehouse/open.ts';
import { readRows } from '../../warehouse/rows.ts';
import { json, onRelease, type ServerParts } from './server-parts.ts';

/**
 * `GET /api/registry`: `{release, criteria, basis}`. Criteria: one row per year of diagnosis, standard and criterion, the
 * newest year first. Basis: what the figures of a registry stand on.
 */
export const answerRegistry = (parts: ServerParts): Promise<Response> =>
  onRelease(parts, async (reader) =>
    json({
      release: reader.release,
      criteria: await rowsOf(
        reader,
        'registry_criterion',
        `select cast(diagnosis_year as integer) as "year", standard, label as "standardLabel", criterion, direction, threshold,
          cast(numerator as double) as numerator, cast(denominator as double) as denominator, is_met as "isMet"
        from mart.registry_criterion order by diagnosis_year desc, criterion, standard`,
      ),
      basis: await rowsOf(
        reader,
        'registry_basis',
        `select basis, name, first_year as "firstYear", last_year as "lastYear", cast(row_count as double) as rows
        from mart.registry_basis order by basis, name`,
      ),
    }),
  );

/** A release from before a mart was made, or of a workspace without it, has no rows of it. */
const rowsOf = async (reader: Reader, mart: string, select: string) => {
  const connection = await reader.connect();
  try {
    const [relation] = await readRows(
      connection,
      `select 1 from information_schema.tables where table_schema = 'mart' and table_name = '${mart}'`,
    );
    return relation === undefined ? [] : await readRows(connection, select);
  } finally {
    connection.closeSync();
  }
};
