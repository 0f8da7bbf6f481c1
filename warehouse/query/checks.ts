import type { Catalogue } from '../metric/catalogue.ts';
import type { Reader } from '../open.ts';
import { readRows } from '../rows.ts';

/** One question put to the rows of an extract, or one promise a release keeps, and how it came out. */
export interface Check {
  readonly id: string;
  /** Contract the rows belong to; null for an assert, which is about the whole release. */
  readonly table: string | null;
  readonly source: string | null;
  readonly kahn: string | null;
  readonly quality: string | null;
  readonly severity: string;
  readonly says: string;
  /** Rows the question applies to; null for an assert. */
  readonly examined: number | null;
  readonly violated: number;
  /** `not run`: no row it applies to. */
  readonly status: CheckStatus;
  /** Ids of the metrics it puts in doubt when it fails. */
  readonly metrics: readonly string[];
}

export type CheckStatus = 'passed' | 'failed' | 'not run';

export const checkStatuses: readonly CheckStatus[] = ['passed', 'failed', 'not run'];

/** Every check and assert of a release: failed ones first, the greatest share of violations leading. */
export const checksOf = async (reader: Reader, catalogue: Catalogue): Promise<readonly Check[]> => {
  const connection = await reader.connect();
  try {
    const rows = await readRows(
      connection,
      `select check_id as id, contract as "table", source_id as source, kahn, quality, severity, says,
        cast(examined as double) as examined, cast(violated as double) as violated
      from meta.gate_check
      union all
      select name, null, null, null, null, severity, summary, null, cast(violations as double) from meta.assert
      order by all`,
    );
    return rows
      .map((row): Check => {
        const [examined, violated] = [row.examined as number | null, Number(row.violated)];
        const id = row.id as string;
        return {
          ...(row as unknown as Pick<Check, 'table' | 'source' | 'kahn' | 'quality' | 'severity' | 'says'>),
          id,
          examined,
          violated,
          status: violated > 0 ? 'failed' : examined === 0 ? 'not run' : 'passed',
          metrics: catalogue.metrics.filter(({ gatedBy }) => gatedBy.includes(id)).map((metric) => metric.id),
        };
      })
      .sort((a, b) => worst(b) - worst(a));
  } finally {
    connection.closeSync();
  }
};

/** Share of rows that break it; asserts with a violation before all else. */
const worst = ({ examined, violated }: Check): number =>
  examined === null ? violated : violated / Math.max(1, examined);
