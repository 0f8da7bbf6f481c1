import { join } from 'node:path';
import { readCheckedYaml } from '../metric/checked-yaml.ts';
import { refuseRepeated, yamlFiles } from '../yaml-files.ts';
import checkSchema from './check.schema.json' with { type: 'json' };
import type { Check, CheckScan, CheckSeverity } from './check.ts';

/** As written in the file. */
interface WrittenCheck {
  readonly id: string;
  readonly number?: number;
  readonly says: string;
  readonly applies?: string;
  readonly violated: string;
  readonly threshold?: number;
  readonly severity?: CheckSeverity;
  readonly kahn: string;
  readonly context?: Check['context'];
  readonly quality: string;
  readonly origin?: string;
  readonly note?: string;
  readonly columns?: readonly string[];
  readonly gate?: readonly string[];
}

interface WrittenScan {
  readonly relation: string;
  readonly from?: string;
  readonly key: readonly string[];
  readonly facility?: string;
  readonly month?: string;
  readonly checks: readonly WrittenCheck[];
}

/**
 * Reads `check/*.yaml` of several `sql` folders, in order of folder, file and place. Whether relations and columns exist is
 * another question: `compileChecks`.
 *
 * @throws UserError naming file, line, key and the mend; also for an id given twice
 */
export const readChecks = (folders: readonly string[]): readonly CheckScan[] => {
  const scans = yamlFiles(folders.map((folder) => join(folder, 'check'))).flatMap(readFile);
  refuseRepeated(
    scans.flatMap(({ checks }) => checks),
    'check',
  );
  return scans;
};

const readFile = (file: string): CheckScan[] => {
  const { value, at } = readCheckedYaml<{ readonly scans: readonly WrittenScan[] }>(file, checkSchema);
  return value.scans.map((scan, index) => ({
    relation: scan.relation,
    from: scan.from?.trim() ?? null,
    key: scan.key,
    facility: scan.facility ?? null,
    month: scan.month ?? null,
    checks: scan.checks.map((check, place) => completed(check, at(['scans', index, 'checks', place, 'id']))),
    where: at(['scans', index, 'relation']),
    at: (key, id) => {
      const place = scan.checks.findIndex((check) => check.id === id);
      return at(place === -1 ? ['scans', index, key] : ['scans', index, 'checks', place, key]);
    },
  }));
};

const completed = (check: WrittenCheck, where: string): Check => ({
  id: check.id,
  number: check.number ?? null,
  says: check.says.trim(),
  applies: check.applies?.trim() ?? 'true',
  violated: check.violated.trim(),
  threshold: check.threshold ?? 0,
  severity: check.severity ?? 'convention',
  kahn: check.kahn,
  context: check.context ?? 'verification',
  quality: check.quality,
  origin: check.origin ?? 'own',
  note: check.note?.trim() ?? null,
  columns: check.columns ?? null,
  gate: check.gate ?? [],
  off: null,
  where,
});
