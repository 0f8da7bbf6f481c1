import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readMetricFolders } from '../../warehouse/metric/read-metrics.ts';
import { askOf } from '../support/ask.ts';
import { drawFrom } from './chance.ts';
import { drawn } from './drawn.ts';
import { randomAudits, type Audited } from './random-audits.ts';
import type { Row } from './random-hospital.ts';

const folder = fileURLToPath(new URL('../../sql/metric', import.meta.url));
const subjects = [
  'Coding accuracy',
  'Accuracy by kind of code',
  'Accuracy of the whole record',
  'DRG accuracy and its worth',
  'Agreement of auditors',
  'Audit process',
];
const metrics = readMetricFolders([folder])
  .metrics.filter(({ subject }) => subjects.includes(subject))
  .map(({ id }) => id);

const audits = randomAudits(4, 80);

type Extracts = Readonly<Record<keyof Audited, readonly Row[]>>;

/** Limits rest on sums of squares, whose last digit is a matter of the order they are added in; values do not. */
const limit = (value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(12)) : value);

/** Every answer, in total and by facility. */
const answersOf = async (extracts: Extracts, asOf: string | null = null, of: readonly string[] = metrics) => {
  const raw = Object.fromEntries(Object.entries(extracts).map(([name, extract]) => [name, drawn(extract)]));
  const asked = await askOf(of, raw);
  const answers: (readonly unknown[])[] = [];
  for (const metric of of)
    for (const by of [[], ['facility']])
      for (const row of await asked.view({ metrics: [metric], by, asOf }))
        answers.push([metric, row.facility ?? '', row.value, limit(row.lower), limit(row.upper), row.n]);
  await asked.close();
  return answers;
};

const changed = (of: (name: keyof Audited, rows: readonly Row[]) => readonly Row[]): Extracts =>
  Object.fromEntries(
    Object.entries(audits).map(([name, rows]) => [name, of(name as keyof Audited, rows)]),
  ) as unknown as Extracts;

const shuffled = (rows: readonly Row[]): readonly Row[] => {
  const chance = drawFrom(5);
  return rows
    .map((row) => ({ row, place: chance.whole(0, 1_000_000) }))
    .sort((a, b) => a.place - b.place)
    .map(({ row }) => row);
};

test('the order of rows, and the files they come in, change nothing', async () => {
  const isExtract = (name: string): boolean => !['score_weight', 'blended_rate', 'cc_code'].includes(name);
  const inTwo = changed((name, rows) =>
    shuffled(rows).map((row, i) => (isExtract(name) ? { ...row, batch_id: i % 2 ? 'one' : 'two', record: i } : row)),
  );
  expect(await answersOf(inTwo)).toEqual(await answersOf(audits));
}, 120_000);

test('rows out of scope change nothing', async () => {
  const [first] = audits.audit_review.filter(({ status }) => status === 'final');
  const outOfScope: Partial<Record<keyof Audited, readonly Row[]>> = {
    audit_review: [
      { ...first!, audit_id: 'open', status: 'open', audit_closed_ts: null },
      { ...first!, audit_id: 'own', coder_id: 'same', auditor_id: 'same' },
      { ...first!, audit_id: 'again', is_second_review_of: 'gone' },
      { ...first!, audit_id: 'nowhere', encounter_id: 'gone', drg_original: null, coder_id: 'stranger' },
    ],
    audit_code: [...audits.audit_code.slice(0, 8)].map((row) => ({ ...row, audit_id: 'nobody', error_type: null })),
    encounter_code: [{ ...audits.encounter_code[0]!, encounter_id: 'gone', seq: 99, cc_level: null }],
    coding_event: [{ ...audits.coding_event[0]!, event_no: 99, event: 'coding_ready' }],
  };
  const more = changed((name, rows) => [...rows, ...(outOfScope[name] ?? [])]);
  const byFacility = (answers: readonly (readonly unknown[])[]) => answers.filter(([, facility]) => facility !== '');
  expect(byFacility(await answersOf(more))).toEqual(byFacility(await answersOf(audits)));
}, 120_000);

/** Whether a facility tells of modifiers and abstracted facts at all is known from everything it ever sent. */
const knownFromAll = ['modifier_accuracy', 'abstracting_accuracy', 'weighted_score'];
const replayed = metrics.filter((metric) => !knownFromAll.includes(metric) && !metric.startsWith('total_accuracy'));

test('as of a day equals what would be loaded by the end of it', async () => {
  const day = '2026-04-15';
  const until = (of: string) => (row: Row) => row[of] !== null && String(row[of]).slice(0, 10) <= day;
  const closed = new Set(audits.audit_review.filter(until('audit_closed_ts')).map(({ audit_id }) => audit_id));
  const then = changed((name, rows) => {
    if (name === 'audit_review' || name === 'audit_code') return rows.filter(({ audit_id }) => closed.has(audit_id));
    return name === 'coding_event' ? rows.filter(until('event_ts')) : rows;
  });
  expect(closed.size).toBeGreaterThan(100);
  expect(await answersOf(audits, day, replayed)).toEqual(await answersOf(then, null, replayed));
}, 120_000);
