import { join } from 'node:path';
import { UserError } from '../error.ts';
import { readCheckedYaml } from '../metric/checked-yaml.ts';
import { nearest } from '../metric/nearest.ts';
import { refuseRepeated, yamlFiles } from '../yaml-files.ts';
import checkSchema from './check.schema.json' with { type: 'json' };
import type { Check, CheckScan, CheckSeverity } from './check.ts';
import { readEdits, type Edit } from './read-edits.ts';

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
  readonly edits?: { readonly of: string; readonly items: string };
  readonly checks?: readonly WrittenCheck[];
}

/** A scan as read, and what edits it takes. */
interface ReadScan extends CheckScan {
  readonly edits: WrittenScan['edits'];
}

/**
 * Reads `check/*.yaml` of several `sql` folders, in order of folder, file and place, and with them the edits of `edit/*.yaml`
 * in the scans they are of. Whether relations and columns exist is another question: `compileChecks`.
 *
 * @throws UserError naming file, line, key and the mend; also for an id given twice, and for an edit of no scan
 */
export const readChecks = (folders: readonly string[]): readonly CheckScan[] => {
  const read = yamlFiles(folders.map((folder) => join(folder, 'check'))).flatMap(readFile);
  const edits = readEdits(folders);
  const known = read.flatMap((scan) => scan.edits?.of ?? []);
  for (const { of, at } of edits)
    if (!known.includes(of))
      throw new UserError(`${at(['of'])} \`of\`: no scan of the folder check takes edits of \`${of}\`.`, {
        mend: nearest(of, known),
      });
  const scans = read.map((scan) => withEdits(scan, edits)).filter(({ checks }) => checks.length > 0);
  refuseRepeated(
    scans.flatMap(({ checks }) => checks),
    'check',
  );
  return scans;
};

/** The scan with the edits it takes: what they throw doubt on are the items they name. */
const withEdits = ({ edits: takes, ...scan }: ReadScan, edits: readonly Edit[]): CheckScan => {
  if (takes === undefined) return scan;
  const taken = edits.filter(({ of }) => of === takes.of);
  const checks = taken.map(({ check }) => ({
    ...check,
    columns: check.columns!.map((item) => `${takes.items}.${item}`),
  }));
  return {
    ...scan,
    checks: [...scan.checks, ...checks],
    at: (key, id) =>
      taken.find(({ check }) => check.id === id)?.at([key === 'columns' ? 'items' : key]) ?? scan.at(key, id),
  };
};

const readFile = (file: string): ReadScan[] => {
  const { value, at } = readCheckedYaml<{ readonly scans: readonly WrittenScan[] }>(file, checkSchema);
  return value.scans.map((scan, index) => ({
    relation: scan.relation,
    from: scan.from?.trim() ?? null,
    key: scan.key,
    facility: scan.facility ?? null,
    month: scan.month ?? null,
    edits: scan.edits,
    checks: (scan.checks ?? []).map((check, place) => completed(check, at(['scans', index, 'checks', place, 'id']))),
    where: at(['scans', index, 'relation']),
    at: (key, id) => {
      const place = (scan.checks ?? []).findIndex((check) => check.id === id);
      return at(place === -1 ? ['scans', index, key] : ['scans', index, 'checks', place, key]);
    },
  }));
};

const completed = (check: WrittenCheck, where: string): Check => ({
  id: check.id,
  kind: 'check',
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
  items: [],
  off: null,
  where,
});
