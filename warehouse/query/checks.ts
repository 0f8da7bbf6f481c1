import type { DuckDBConnection } from '@duckdb/node-api';
import type { CheckSetting, CheckSettings } from '../check/check.ts';
import { checkStatuses, statusOf, type CheckStatus } from '../check/status.ts';
import type { Catalogue } from '../metric/catalogue.ts';
import type { Reader } from '../open.ts';
import { readRows, type PlainRow } from '../rows.ts';
import { gatesOf, metricsGatedBy } from './check-gates.ts';

/** One question put to rows, or one promise a release keeps, and how it came out under the thresholds of now. */
export interface Check {
  readonly id: string;
  /** Its number in the suite of data-quality checks; null for one of our own. */
  readonly number: number | null;
  /**
   * `gate`: put to the rows of an extract as they landed; `check`: to the rows of a release; `edit`: a check written in a file
   * of its own, for those who mend records; `assert`: put to the whole of a release.
   */
  readonly kind: 'gate' | 'check' | 'edit' | 'assert';
  /** Contract or relation the rows belong to; null for an assert. */
  readonly table: string | null;
  /** Id of the source; of gate checks only. */
  readonly source: string | null;
  readonly says: string;
  readonly kahn: string | null;
  readonly context: string | null;
  readonly quality: string | null;
  /** Of a gate check `quarantine` or `warn`, of an assert `fatal` or `warn`, of a check as it is set now. */
  readonly severity: string;
  readonly origin: string | null;
  readonly note: string | null;
  /** Items a person looks at to mend what fails an edit, by id; of an edit only. */
  readonly items: readonly string[];
  /** Rows it applies to; null for an assert that does not say. */
  readonly examined: number | null;
  /** Rows that break it; of an assert not always rows of the kind examined. */
  readonly violated: number;
  /** Violated ÷ examined; null for an assert and where nothing is examined. */
  readonly share: number | null;
  /** Share allowed, 0 to 1; null where none is. */
  readonly threshold: number | null;
  readonly status: CheckStatus;
  /** Why this workspace does not ask it; it is then `na`. */
  readonly off: string | null;
  /** Kind of failure that kept it from being run. */
  readonly error: string | null;
  /** Ids of the metrics it puts in doubt when it fails. */
  readonly metrics: readonly string[];
}

/** Share of an extract's rows, in %, that a question of the gate may refuse before the numbers of the rest are in doubt. */
export const gateThreshold = 1;

interface Listed {
  readonly catalogue: Catalogue;
  readonly settings: CheckSettings;
  readonly checks: Promise<readonly Check[]>;
}

/** Of each release the list made last: what was found does not change, only the settings may. */
const listed = new WeakMap<Reader, Listed>();

/** Every check and assert of a release, the worst first. The same objects of catalogue and settings give the same list again. */
export const checksOf = (reader: Reader, catalogue: Catalogue, settings: CheckSettings): Promise<readonly Check[]> => {
  const last = listed.get(reader);
  if (last?.catalogue === catalogue && last.settings === settings) return last.checks;
  const checks = listOf(reader, catalogue, settings);
  listed.set(reader, { catalogue, settings, checks });
  checks.catch(() => listed.delete(reader));
  return checks;
};

const listOf = async (reader: Reader, catalogue: Catalogue, settings: CheckSettings): Promise<readonly Check[]> => {
  const connection = await reader.connect();
  try {
    const gates = await gatesOf(reader, catalogue);
    const found = [
      ...(await readGateChecks(connection)),
      ...(await readAssertResults(connection)),
      ...(await readRowChecks(connection, settings)),
    ];
    return found
      .map(({ concerns, ...check }) => ({
        ...check,
        metrics: metricsGatedBy(gates, catalogue, { id: check.id, concerns }),
      }))
      .sort(worstFirst);
  } finally {
    connection.closeSync();
  }
};

/** A check before it is known what it guards. */
interface Found extends Omit<Check, 'metrics'> {
  /** Columns it throws doubt on. */
  readonly concerns: readonly string[];
}

const nothingMore = {
  ...{ number: null, source: null, context: null, origin: null, note: null, items: [], off: null, error: null },
};

const shareOf = (violated: number, examined: number): number | null => (examined === 0 ? null : violated / examined);

const readGateChecks = async (connection: DuckDBConnection): Promise<Found[]> => {
  const rows = await readRows(connection, 'select * from meta.gate_check order by all');
  return rows.map((row): Found => {
    const [examined, violated] = [Number(row.examined), Number(row.violated)];
    return {
      ...nothingMore,
      ...{ id: String(row.check_id), kind: 'gate', table: text(row.contract), source: text(row.source_id) },
      ...{ says: String(row.says), kahn: text(row.kahn), quality: text(row.quality), severity: String(row.severity) },
      ...{ examined, violated, share: shareOf(violated, examined), threshold: gateThreshold / 100 },
      ...{ status: statusOf({ examined, violated }, gateThreshold), concerns: [] },
    };
  });
};

const readAssertResults = async (connection: DuckDBConnection): Promise<Found[]> => {
  const rows = await readRows(connection, 'select * from meta."assert" order by name');
  return rows.map((row): Found => {
    const violated = Number(row.violations);
    const examined = typeof row.examined === 'number' ? row.examined : null;
    return {
      ...nothingMore,
      ...{ id: String(row.name), kind: 'assert', table: null, says: String(row.summary), kahn: null, quality: null },
      ...{ severity: String(row.severity), examined, violated, share: null, threshold: null, concerns: [] },
      status: statusOf({ examined, violated }, 0),
    };
  });
};

/** True where a release was built by a version that knew checks on rows. */
export const hasRowChecks = async (connection: DuckDBConnection): Promise<boolean> => {
  const tables = await readRows(
    connection,
    `select 1 from information_schema.tables where table_schema = 'meta' and table_name = 'check_result'`,
  );
  return tables.length > 0;
};

const readRowChecks = async (connection: DuckDBConnection, settings: CheckSettings): Promise<Found[]> => {
  if (!(await hasRowChecks(connection))) return [];
  const rows = await readRows(
    connection,
    `select "check".*, coalesce(total.examined, 0) as examined_count, coalesce(total.violated, 0) as violated_count
    from meta."check"
    left join (
      select check_id, cast(sum(examined) as double) as examined, cast(sum(violated) as double) as violated
      from meta.check_result group by check_id
    ) as total on total.check_id = "check".id
    order by id`,
  );
  return rows.map((row): Found => {
    const [examined, violated] = [Number(row.examined_count), Number(row.violated_count)];
    const { threshold, severity, off } = settingOf(row, settings);
    const error = text(row.error);
    return {
      ...{ id: String(row.id), number: row.number as number | null, table: text(row.relation) },
      // A release of a version that knew no edits tells no kind.
      ...{ kind: row.kind === 'edit' ? 'edit' : 'check', items: JSON.parse(text(row.items) ?? '[]') as string[] },
      ...{ source: null, says: String(row.says), kahn: text(row.kahn), context: text(row.context) },
      ...{ quality: text(row.quality), severity, origin: text(row.origin), note: text(row.note) },
      ...{ examined, violated, share: shareOf(violated, examined), threshold: threshold / 100, off, error },
      status: off !== null ? 'na' : error !== null ? 'error' : statusOf({ examined, violated }, threshold),
      concerns: JSON.parse(String(row.concerns)) as string[],
    };
  });
};

/** What the files say now; of a check they no longer hold, what they said when the release was built. */
export const settingOf = (row: PlainRow, settings: CheckSettings): CheckSetting =>
  settings.get(String(row.id)) ?? {
    threshold: Number(row.threshold),
    severity: row.severity as CheckSetting['severity'],
    off: text(row.off),
  };

const text = (value: PlainRow[string] | undefined): string | null => (typeof value === 'string' ? value : null);

const severities = ['fatal', 'quarantine', 'convention', 'warn', 'characterisation'];

const worstFirst = (a: Check, b: Check): number =>
  checkStatuses.indexOf(a.status) - checkStatuses.indexOf(b.status) ||
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  (b.share ?? 0) - (a.share ?? 0) ||
  b.violated - a.violated ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
