import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asking, asking, askingOf } from '../support/ask.ts';
import { buildInMemory, type MemoryWarehouse } from '../support/warehouse.ts';
import { codingQuality } from './coding-quality.ts';
import { randomCodes, type CodedHospitals } from './random-codes.ts';
import type { Row } from './random-hospital.ts';

const facilities = 1000;
const hospitals = randomCodes(20261122, facilities);

const shares = [
  ...['invalid_codes', 'header_codes', 'malformed_codes', 'unspecified_codes', 'unspecified_codes_avoidable'],
  ...['unspecified_records', 'poa_missing', 'poa_exempt_reported', 'mce_edit_hit_rate', 'mce_records_with_edit'],
  ...['unspecified_code_edit', 'cmi', 'cmi_working', 'cmi_baseline', 'cc_mcc_rate', 'mcc_rate', 'drg_opportunity'],
  ...['dx_per_record', 'px_per_record', 'sdoh_records', 'symptom_pdx_records', 'truncated_records'],
  ...['first_pass_records', 'recoded_records', 'recoded_after_bill', 'late_document_records'],
];

const drawn = (rows: readonly Row[]): string => {
  const columns = Object.keys(rows[0]!);
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => cells.join(' | '))
    .join('\n');
};

/** The relations that these measures are of, and those that some need to be known. */
const relations = [
  ...['mart.record_code_class', 'mart.coded_record', 'mart.drg_record', 'mart.mce_edit_day'],
  ...['mart.unspecified_edit_day', 'mart.coding_revision'],
  ...['core.icd_code', 'core.icd10cm_code', 'core.poa_exempt', 'core.ms_drg'],
];

const rawOf = (given: CodedHospitals): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(given).map(([name, rows]) => [name, drawn(rows)]));

/** Value of each metric at each facility, as `f1 cmi`. */
const answers = async ({ by }: Pick<Asking, 'by'>): Promise<Map<string, number | null>> => {
  const found = new Map<string, number | null>();
  for (const metric of [...shares, 'cmi_unweighted_records', 'mce_edit_records'])
    for (const [facility, value] of Object.entries(await by(metric, 'facility')))
      found.set(`${facility} ${metric}`, value);
  return found;
};

let warehouse: MemoryWarehouse;
let found: Map<string, number | null>;
beforeAll(async () => {
  warehouse = await buildInMemory({ raw: rawOf(hospitals) });
  found = await answers(await asking(warehouse));
}, 120_000);
afterAll(() => warehouse.close());

test('a thousand small hospitals: every measure as plain loops count it', () => {
  let compared = 0;
  for (let f = 0; f < facilities; f++) {
    const expected = codingQuality(hospitals, `f${f}`);
    for (const metric of shares) {
      const [numerator, denominator] = expected[metric] ?? [0, 0];
      const value = found.get(`f${f} ${metric}`) ?? null;
      if (denominator === 0) expect(value, `f${f} ${metric}`).toBeNull();
      else expect(value, `f${f} ${metric}`).toBeCloseTo(numerator / denominator, 12);
      compared += denominator === 0 ? 0 : 1;
    }
    const [unweighted] = expected.cmi_unweighted_records ?? [0];
    expect(found.get(`f${f} cmi_unweighted_records`) ?? 0, `f${f} unweighted`).toBe(unweighted);
    const [hits] = expected.mce_edit_hit_rate ?? [0];
    expect(found.get(`f${f} mce_edit_records`) ?? 0, `f${f} hits`).toBe(hits);
  }
  expect(compared).toBeGreaterThan(12_000);
});

test('no fatal promise is broken', () => {
  const broken = warehouse.asserts.filter(({ severity, violations }) => severity === 'fatal' && violations > 0);
  // Some encounters are drawn without their admission, which the gate would refuse.
  expect(broken.map(({ name }) => name)).toEqual(['encounter_has_admission']);
});

test('the order of rows and rows out of scope change nothing', async () => {
  const outside = {
    encounter: [{ encounter_id: 'house', patient_key: 'p', facility_id: 'f1', patient_class: 'inpatient' }],
    encounter_code: [
      { encounter_id: 'house', stage: 'working', code_set: 'ICD10CM', seq: 1, code: 'A000' },
      { encounter_id: 'nobody', stage: 'final', code_set: 'ICD10CM', seq: 1, code: 'Q999' },
      { encounter_id: 'f2e0', stage: 'working', code_set: 'ICD9CM', seq: 9, code: 'E9000' },
    ],
    encounter_drg: [
      { encounter_id: 'house', stage: 'final', drg_type: 'MS', drg_version: '41', drg_code: '280', relative_weight: 9 },
      { encounter_id: 'f1e0', stage: 'final', drg_type: 'APR', drg_version: '41', drg_code: '280', relative_weight: 9 },
      {
        encounter_id: 'nobody',
        stage: 'final',
        drg_type: 'MS',
        drg_version: '41',
        drg_code: '280',
        relative_weight: 9,
      },
    ],
    coding_event: [{ encounter_id: 'nobody', event: 'final_coded', event_no: 1, event_ts: '2025-01-01 00:00:00' }],
  } as Record<string, readonly Row[]>;
  const shuffled = Object.fromEntries(
    Object.entries(hospitals).map(([name, rows]) => [
      name,
      [...rows, ...(outside[name] ?? [])]
        .reverse()
        .map((row) => ({ ...hospitals[name]![0], ...blank(hospitals[name]![0]!), ...row })),
    ]),
  );
  const other = await buildInMemory({ looksAt: relations, raw: rawOf(shuffled) });
  const again = await answers(await askingOf(other));
  await other.close();
  for (const [key, value] of found) {
    const now = again.get(key) ?? null;
    if (value === null) expect(now, key).toBeNull();
    else expect(now, key).toBeCloseTo(value, 12);
  }
});

const blank = (row: Row): Row => Object.fromEntries(Object.keys(row).map((key) => [key, null]));

test.each(['2024-04-02', '2024-10-02'])('as of %s equals loading only what was known then', async (day) => {
  const end = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const moments = { coding_event: 'event_ts', document: 'event_ts', billing: 'final_billed_ts' } as Record<
    string,
    string
  >;
  const then = Object.fromEntries(
    Object.entries(hospitals).map(([name, rows]) => {
      const moment = moments[name];
      return [
        name,
        moment === undefined ? rows : rows.filter((row) => row[moment] !== null && String(row[moment]) < end),
      ];
    }),
  );
  const { by } = await asking(warehouse);
  let compared = 0;
  const found = new Map<string, Record<string, number | null>>();
  const revision = ['first_pass_records', 'recoded_records', 'recoded_after_bill', 'late_document_records'];
  for (const metric of revision) found.set(metric, await by(metric, 'facility', day));
  for (let f = 0; f < facilities; f++) {
    const expected = codingQuality(then, `f${f}`);
    for (const metric of revision) {
      const [numerator, denominator] = expected[metric] ?? [0, 0];
      const value = found.get(metric)?.[`f${f}`] ?? null;
      if (denominator === 0) expect(value, `f${f} ${metric}`).toBeNull();
      else expect(value, `f${f} ${metric}`).toBeCloseTo(numerator / denominator, 12);
      compared += denominator === 0 ? 0 : 1;
    }
  }
  expect(compared).toBeGreaterThan(200);
});
