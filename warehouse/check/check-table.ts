import type { MetaTable } from '../meta.ts';
import type { CheckResult } from './audit-checks.ts';
import type { CompiledScan } from './check.ts';
import { keysSql, rowsOf } from './scan-sql.ts';

/** meta.check: what each check asks, and how its keys are looked up; its counts are in meta.check_result. */
export const checkTable = (scans: readonly CompiledScan[], results: readonly CheckResult[]): MetaTable => {
  const errors = new Map(results.map(({ id, error }) => [id, error]));
  return {
    name: 'check',
    summary:
      'One row per check on the rows of a relation: what it asks, under which threshold (in %), and what it concerns',
    columns: {
      ...{ id: 'VARCHAR', kind: 'VARCHAR', number: 'INTEGER', relation: 'VARCHAR', says: 'VARCHAR', kahn: 'VARCHAR' },
      ...{ context: 'VARCHAR', quality: 'VARCHAR', severity: 'VARCHAR', threshold: 'DOUBLE', origin: 'VARCHAR' },
      ...{ note: 'VARCHAR', off: 'VARCHAR', applies: 'VARCHAR', violated: 'VARCHAR', key: 'JSON', concerns: 'JSON' },
      ...{
        items: 'JSON',
        rows_sql: 'VARCHAR',
        month_sql: 'VARCHAR',
        keys_sql: 'VARCHAR',
        definition: 'VARCHAR',
        error: 'VARCHAR',
      },
    },
    rows: scans.flatMap((scan) =>
      scan.checks.map((check) => ({
        ...{ id: check.id, kind: check.kind, number: check.number, relation: scan.relation, says: check.says },
        ...{
          kahn: check.kahn,
          context: check.context,
          quality: check.quality,
          severity: check.severity,
          threshold: check.threshold,
        },
        ...{ origin: check.origin, note: check.note, off: check.off, applies: check.applies, violated: check.violated },
        ...{ items: check.items, rows_sql: rowsOf(scan), month_sql: scan.month },
        ...{ key: scan.key, concerns: check.concerns, keys_sql: keysSql(scan, check), definition: check.definition },
        error: errors.get(check.id) ?? null,
      })),
    ),
  };
};
