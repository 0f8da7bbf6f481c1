import { listTable } from '../print/list-table.ts';
import type { Output } from '../print/output.ts';
import { tableText } from '../print/print-table.ts';
import { versionOf } from '../naaccr/dictionary/dictionary.ts';
import type { FileFinding, ValidatedDictionary, ValidatedFile, Validation } from './validate-files.ts';

/** Findings of one rule about one item in one file. */
interface Group {
  readonly file: string;
  readonly rule: string;
  readonly kind: string;
  readonly item: string | null;
  /** Of the first of them. */
  readonly says: string;
  readonly places: string[];
  count: number;
}

/** Places a group names, and groups a file has; what is beyond is counted. */
export const mostPlaces = 3;
export const mostGroups = 1000;

/** Counts findings by file, rule and item, with their first places: bounded, whatever is found. */
export class FindingGroups {
  readonly #groups = new Map<string, Group>();
  readonly #inFile = new Map<string, number>();

  add(finding: FileFinding): void {
    const { file, rule, kind, says } = finding;
    const known = this.#groups.get(keyOf(finding));
    const isRoom = (this.#inFile.get(file) ?? 0) < mostGroups;
    // Ids that nobody knows may be as many as there are items: those beyond are one group of their rule.
    const item = known || isRoom ? finding.item : null;
    const key = known || isRoom ? keyOf(finding) : keyOf({ ...finding, item: null });
    const group = this.#groups.get(key) ?? { file, rule, kind, item, says, places: [], count: 0 };
    if (group.count === 0) {
      this.#groups.set(key, group);
      this.#inFile.set(file, (this.#inFile.get(file) ?? 0) + 1);
    }
    group.count++;
    if (group.places.length < mostPlaces) group.places.push(placeOf(finding));
  }

  /** Those of a file, the most frequent first. */
  of(file: string): readonly Group[] {
    return [...this.#groups.values()]
      .filter((group) => group.file === file)
      .sort((one, other) => other.count - one.count);
  }
}

const keyOf = ({ file, rule, item }: FileFinding): string => JSON.stringify([file, rule, item]);

const placeOf = ({ line, patient, tumor }: FileFinding): string =>
  `${line}${patient === null ? '' : ` (patient ${patient}${tumor === null ? '' : `, tumor ${tumor}`})`}`;

/** One finding as a line that editors understand. */
export const findingLine = (finding: FileFinding): string => {
  const { file, line, rule, says, patient, tumor } = finding;
  const who = patient === null ? '' : ` (patient ${patient}${tumor === null ? '' : `, tumor ${tumor}`})`;
  return `${file}:${line}: ${rule}: ${says}${who}\n`;
};

/** What a validation came to, for people: a head and a table a file. */
export const validationText = (output: Output, { files, dictionaries }: Validation, groups: FindingGroups): string =>
  [
    ...dictionaries
      .filter(({ errors }) => errors > 0 || files.length === 0)
      .map((one) => `${dictionaryHead(one)}${table(output, groups.of(one.file))}`),
    ...files.map((one) => `${fileHead(one)}${table(output, groups.of(one.file))}${gaps(one)}`),
  ].join('\n');

const table = (output: Output, groups: readonly Group[]): string => {
  if (groups.length === 0) return '';
  const rows = groups.map(({ rule, kind, item, count, places, says }) => ({
    rule: kind === 'check' ? `${rule} (check)` : rule,
    item,
    errors: count,
    lines: `${places.join('; ')}${count > places.length ? '; …' : ''}`,
    says,
  }));
  return tableText(output, listTable(['errors', 'rule', 'item', 'lines', 'says'], rows));
};

const number = (value: number): string => value.toLocaleString('en-US');

const fileHead = ({
  file,
  dictionary,
  specification,
  recordType,
  patients,
  tumors,
  items,
  errors,
  checkErrors,
}: ValidatedFile): string => {
  const of = checkErrors > 0 ? `, ${number(checkErrors)} of our own checks` : '';
  const verdict = errors === 0 ? 'valid' : `${number(errors)} ${errors === 1 ? 'error' : 'errors'}${of}`;
  const what = `NAACCR ${versionOf(dictionary ?? '') ?? '–'}, specification ${specification ?? '–'}, record type ${recordType ?? '–'}`;
  return `${file}: ${verdict}\n${what}: ${number(patients)} patients, ${number(tumors)} tumors, ${number(items)} items\n`;
};

const dictionaryHead = ({ file, items, errors }: ValidatedDictionary): string => {
  const verdict = errors === 0 ? 'valid' : `${number(errors)} ${errors === 1 ? 'error' : 'errors'}`;
  return `${file}: ${verdict}, a dictionary of ${number(items)} items\n`;
};

const gaps = ({ notChecked }: ValidatedFile): string => `Not checked: ${notChecked.join(' ')}\n`;
