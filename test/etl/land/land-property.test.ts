import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Landing } from '../../support/landing.ts';
import { seeded } from '../../support/seeded.ts';

interface Line {
  readonly text: string;
  /** Fields as a reader should see them, or null: not one row. */
  readonly fields: readonly string[] | null;
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const written = (fields: readonly string[]): Line => ({ text: fields.map(quoted).join(','), fields });

/** A record of some kind, good or bad. Keys come from a small set, so that some are shared. */
const record = (random: () => number, newline: string, before: readonly Line[]): Line => {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const fields = [
    `e${Math.floor(random() * 40)}`,
    'ICD10CM',
    String(1 + Math.floor(random() * 3)),
    pick(['I10', 'E11.9', 'J18.9']),
    'final',
    pick(['', 'p1', 'NA']),
  ];
  const change = (at: number, text: string): Line => written(fields.map((field, i) => (i === at ? text : field)));
  switch (
    pick([
      'good',
      'good',
      'good',
      'good',
      'lines',
      'quotes',
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
      return change(5, `p${newline}${newline}"x",y`);
    case 'quotes':
      return change(5, 'p "and" q');
    case 'torn':
      return { text: fields.slice(0, 1 + Math.floor(random() * 5)).join(','), fields: null };
    case 'wide':
      return { text: [...fields, 'more'].map(quoted).join(','), fields: null };
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
      return { text: fields.map((field, i) => (i === 5 ? 'caf\xe9' : field)).join(','), fields: null };
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

test.each(Array.from({ length: 24 }, (_, i) => i + 1))(
  'a random file reconciles and lands what plain loops say (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    const newline = random() < 0.5 ? '\n' : '\r\n';
    const lines: Line[] = [];
    for (let left = Math.floor(random() * 120); left > 0; left--) lines.push(record(random, newline, lines));
    const end = random() < 0.5 ? newline : '';
    const text =
      ['encounter_id,code_set,seq,code,stage,provider_id', ...lines.map((line) => line.text)].join(newline) + end;
    const bytes = Buffer.from(text, 'latin1');
    const isGzip = random() < 0.3;
    const landing = new Landing({ format: 'csv', contract: 'encounter_code' });
    landing.write(isGzip ? 'extract/a.csv.gz' : 'extract/a.csv', isGzip ? gzipSync(bytes) : bytes);

    const report = await landing.runOne();
    const expected = oracle(lines);
    expect(report.status).toBe('landed');
    expect(report.files[0]?.records).toBe(lines.length);
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
      const own = bytes.subarray(Number(row.byte_position)).toString('utf8');
      expect(own.startsWith(row.raw_text as string)).toBe(true);
      expect(bytes.subarray(0, Number(row.byte_position)).toString('latin1').split('\n').length).toBe(row.line);
    }
  },
);
