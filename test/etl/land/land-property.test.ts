import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { delimiters, type CsvDialect } from '../../../etl/read/dialect.ts';
import { Landing } from '../../support/landing.ts';
import { seeded } from '../../support/seeded.ts';

interface Line {
  readonly text: string;
  /** Fields as a reader should see them, or null: not one row. */
  readonly fields: readonly string[] | null;
}

/** Stands for bytes that are no character of the encoding. */
const badByte = '\uE000';

const encoded = (text: string, encoding: CsvDialect['encoding']): Buffer => {
  if (encoding === 'windows-1252') return Buffer.from(text.replaceAll(badByte, '\x81'), 'latin1');
  const parts = text.split(badByte).map((part) => Buffer.from(part, encoding === 'utf-8' ? 'utf8' : 'utf16le'));
  const bad = Buffer.from(encoding === 'utf-8' ? [0xe9] : [0x3d, 0xd8]);
  const bytes = Buffer.concat(parts.flatMap((part, i) => (i === 0 ? [part] : [bad, part])));
  return encoding === 'utf-16be' ? bytes.swap16() : bytes;
};

const decoded = (bytes: Uint8Array, encoding: CsvDialect['encoding']): string =>
  new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes).replaceAll('\x81', '\uFFFD');

/** A record of some kind, good or bad. Keys come from a small set, so that some are shared. */
const record = (
  random: () => number,
  newline: string,
  before: readonly Line[],
  { delimiter, quote, encoding }: CsvDialect,
): Line => {
  const quoted = (text: string): string => {
    const isPlain = quote === 'none' || ![delimiter, quote, '\r', '\n'].some((one) => text.includes(one));
    return isPlain ? text : `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
  };
  const joined = (fields: readonly string[]): string => fields.map(quoted).join(delimiter);
  const written = (fields: readonly string[]): Line => ({ text: joined(fields), fields });
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const fields = [
    `e${Math.floor(random() * 40)}`,
    'ICD10CM',
    String(1 + Math.floor(random() * 3)),
    pick(['I10', 'E11.9', 'J18.9']),
    'final',
    pick(['', 'p1', 'NA', encoding === 'windows-1252' ? 'Zoë’s'.replace('’', '\xb4') : 'Zoë 日 😀']),
  ];
  const change = (at: number, text: string): Line => written(fields.map((field, i) => (i === at ? text : field)));
  switch (
    pick([
      'good',
      'good',
      'good',
      'good',
      ...(quote === 'none' ? [] : ['lines', 'quotes']),
      'torn',
      'wide',
      'again',
      'empty',
      'value',
      'number',
      'shape',
      'blank',
      'bytes',
    ])
  ) {
    case 'lines':
      return change(5, `p${newline}${newline}"x"${delimiter}'y'`);
    case 'quotes':
      return change(5, `p "and" 'q'`);
    case 'torn':
      return { text: fields.slice(0, 1 + Math.floor(random() * 5)).join(delimiter), fields: null };
    case 'wide':
      return { text: joined([...fields, 'more']), fields: null };
    case 'again':
      return before.findLast((line) => line.fields) ?? written(fields);
    case 'empty':
      return change(0, '');
    case 'value':
      return change(4, 'Final');
    case 'number':
      return change(2, pick(['1.5', 'one', '', '0']));
    case 'shape':
      return change(3, '11');
    case 'blank':
      return { text: `${newline}${newline}${written(fields).text}`, fields };
    case 'bytes':
      return { text: joined(fields.map((field, i) => (i === 5 ? `caf${badByte}` : field))), fields: null };
    default:
      return written(fields);
  }
};

/** What should land, in plain loops: good rows, one of each content, none of a key whose contents differ. */
const oracle = (
  lines: readonly Line[],
): { accepted: string[]; refused: number; duplicates: number; unread: number } => {
  const contents = new Map<string, Set<string>>();
  let unread = 0;
  let refused = 0;
  let good = 0;
  for (const { fields } of lines) {
    if (fields === null) {
      unread += 1;
      continue;
    }
    const [id, set, seq, code, stage, provider] = fields as [string, string, string, string, string, string];
    if (id === '' || !/^[1-9][0-9]*$/.test(seq) || stage !== 'final' || !/^[A-Z][0-9A-Z.]{2,}$/.test(code)) {
      refused += 1;
      continue;
    }
    good += 1;
    const key = [id, stage, set, seq].join('|');
    contents.set(
      key,
      (contents.get(key) ?? new Set()).add(JSON.stringify([id, seq, code, provider === '' ? null : provider])),
    );
  }
  const accepted: string[] = [];
  let different = 0;
  for (const all of contents.values()) {
    different += all.size;
    if (all.size === 1) accepted.push([...all][0]!);
    else refused += all.size;
  }
  return { accepted: accepted.sort(), refused, duplicates: good - different, unread };
};

/** What a source says of a dialect that its files do not show. */
const said = ({ quote, encoding }: CsvDialect): Partial<CsvDialect> => ({
  ...(quote === '"' ? {} : { quote }),
  ...(encoding === 'windows-1252' ? { encoding } : {}),
});

test.each(Array.from({ length: 60 }, (_, i) => i + 1))(
  'a random file in a random dialect reconciles and lands what plain loops say (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
    const dialect: CsvDialect = {
      delimiter: pick([',', ',', ...delimiters]),
      quote: pick(['"', '"', "'", 'none']),
      encoding: pick(['utf-8', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
    };
    const newline = random() < 0.5 ? '\n' : '\r\n';
    const lines: Line[] = [];
    for (let left = Math.floor(random() * 120); left > 0; left--) lines.push(record(random, newline, lines, dialect));
    const end = random() < 0.5 ? newline : '';
    const header = ['encounter_id', 'code_set', 'seq', 'code', 'stage', 'provider_id'].join(dialect.delimiter);
    const mark = dialect.encoding !== 'windows-1252' && random() < 0.5 ? '\uFEFF' : '';
    const bytes = encoded(mark + [header, ...lines.map((line) => line.text)].join(newline) + end, dialect.encoding);
    const isGzip = random() < 0.3;
    const csv = said(dialect);
    const landing = new Landing({
      format: 'csv',
      contract: 'encounter_code',
      ...(Object.keys(csv).length > 0 ? { csv } : {}),
    });
    landing.write(isGzip ? 'extract/a.csv.gz' : 'extract/a.csv', isGzip ? gzipSync(bytes) : bytes);

    const report = await landing.runOne();
    const expected = oracle(lines);
    expect(report.status).toBe('landed');
    expect(report.files[0]).toMatchObject({ records: lines.length, dialect });
    expect(report.rejected).toBe(expected.unread);
    expect(report.contracts[0]).toMatchObject({
      mapped: lines.length - expected.unread,
      accepted: expected.accepted.length,
      quarantined: expected.refused,
      duplicates: expected.duplicates,
      inserted: expected.accepted.length,
    });
    const rows = await landing.raw('select encounter_id, seq, code, provider_id, record from raw.encounter_code');
    expect(
      rows.map((row) => JSON.stringify([row.encounter_id, `${row.seq as number}`, row.code, row.provider_id])).sort(),
    ).toEqual(expected.accepted);
    // Each row names its own record of the file.
    for (const row of rows) expect(lines[Number(row.record) - 1]?.fields?.[0]).toBe(row.encounter_id);
    if (expected.unread + expected.refused === 0) return;
    const refused = await landing.quarantine();
    expect(refused).toHaveLength(expected.unread + expected.refused);
    for (const row of refused) {
      const own = decoded(bytes.subarray(Number(row.byte_position)), dialect.encoding);
      expect(own.startsWith(row.raw_text as string)).toBe(true);
      const before = decoded(bytes.subarray(0, Number(row.byte_position)), dialect.encoding);
      expect(before.split('\n').length).toBe(row.line);
    }
  },
);
