import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildInMemory, rows, type MemoryWarehouse } from '../support/warehouse.ts';

const source = `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2022-03-16 00:00:00`;
const metric_setting = `name | value\n survival_cutoff_year | 2020`;
const header =
  'patient_key | tumorRecordNumber | sequenceNumberCentral | primarySite | dateOfDiagnosis | dateOfLastContact' +
  ' | vitalStatus | dateOfBirth | typeOfReportingSource';

/** Tumors in order, `-` for empty; dates of diagnosis and last contact, vital status (0 dead), birth, reporting source. */
const patients: Readonly<Record<string, readonly string[]>> = {
  // Complete dates.
  sameDay: ['20190115 20190115 0'],
  after30Days: ['20190115 20190214 0'],
  after31Days: ['20190115 20190215 0'],
  alive: ['20100101 20150101 1'], // 1826 days: 59.99 months; to 31 December 2020 4017 days: 131.98
  dayBefore: ['20190116 20190115 0'],
  afterCutoff: ['20200101 20210601 0'], // 365 days to the cut-off, and alive then
  // A day is missing.
  dayOpen: ['201901 20190315 0'], // 1 to 31 January: the 16th, 58 days: 1.9 months
  dayUpToContact: ['201901 20190120 0'], // 1 to 20 January: the 10th; possibly none
  contactDay: ['20190110 201901 0'], // 10 to 31 January: the 20th
  contactDayOpen: ['20190131 201903 0'], // 1 to 31 March: the 16th, 44 days
  noSuchDay: ['20190231 20190315 0'], // 1 to 28 February: the 14th, 29 days
  dayAfterBirth: ['201901 20190315 0 20190121'], // 21 to 31 January: the 26th, 48 days
  // A month is missing.
  monthOpen: ['2019 20200702 0'], // 1 January to 31 December: 2 July; 366 days: 12.02 months
  monthUpToContact: ['2019 20190301 0'], // 1 January to 1 March: 30 January; 30 days, possibly none
  contactMonth: ['20190301 2019 0'], // 1 March to 31 December: 30 July, 151 days
  bothMonths: ['2019 2020 0'], // 2 July 2019 to 1 July 2020: 365 days, 11.99 months
  month13: ['20191301 20200702 0'],
  // Several tumors.
  threeInJune: ['20190610 20190620 0', '201906 20190620 0', '201906 20190620 0', '2019 20190620 0'],
  notNoneBeforeNext: ['201906 20190630 0', '20190620 20190630 0'],
  // Not known.
  noYear: ['- 20190315 0'],
  diagnosedLate: ['20210115 20210315 0'],
  deadSometime: ['20190115 - 0'],
  aliveSometime: ['20190115 - 1'], // 716 days to 31 December 2020
  twoContacts: ['20190115 20200315 1', '20190115 20200401 1'],
  future: ['20190115 20220401 0'],
  lastDay: ['20190115 20220315 0'],
  // From death alone.
  certificate: ['20190115 20190115 0 - 7'],
  autopsy: ['20190115 20190315 0 - 6'],
  certificateNoYear: ['- 20190315 0 - 7'],
};

const drawn = Object.entries(patients).flatMap(([name, tumors]) =>
  tumors.map((tumor, i) => {
    const [dx, contact, vital, birth = '', reporting = ''] = tumor.split(' ').map((cell) => (cell === '-' ? '' : cell));
    return [name, i + 1, `0${i + 1}`, 'C509', dx, contact, vital, birth, reporting].join(' | ');
  }),
);

let warehouse: MemoryWarehouse;
beforeAll(async () => {
  warehouse = await buildInMemory({ raw: { source, metric_setting, tumor: [header, ...drawn].join('\n') } });
}, 120_000);
afterAll(() => warehouse.close());

const said = (row: Readonly<Record<string, unknown>>): string =>
  `${String(row.survival_months ?? '-')}/${String(row.survival_flag)} ` +
  `${String(row.survival_months_presumed_alive ?? '-')}/${String(row.survival_flag_presumed_alive)}`;

/** Months and flag as followed, then presumed alive, of each tumor of a patient. */
const survivalOf = async (patient: string): Promise<readonly string[]> =>
  (
    await rows(
      warehouse.connection,
      `select * from core.tumor_survival where patient_key = '${patient}' order by tumorRecordNumber`,
    )
  ).map(said);

test.each([
  ['sameDay', '0/0 0/0'],
  ['after30Days', '0/1 0/1'],
  ['after31Days', '1/1 1/1'],
  ['alive', '59/1 131/1'],
  ['dayBefore', '-/9 -/9'],
  ['afterCutoff', '11/1 11/1'],
])('complete dates: whole months of 30.4367 days (%s)', async (patient, expected) => {
  expect(await survivalOf(patient)).toEqual([expected]);
});

test.each([
  ['dayOpen', '1/3 1/3'],
  ['dayUpToContact', '0/2 0/2'],
  ['contactDay', '0/2 0/2'],
  ['contactDayOpen', '1/3 1/3'],
  ['noSuchDay', '0/3 0/3'],
  ['dayAfterBirth', '1/3 1/3'],
  ['monthOpen', '12/3 12/3'],
  ['monthUpToContact', '0/2 0/2'],
  ['contactMonth', '4/2 4/2'],
  ['bothMonths', '11/3 11/3'],
  ['month13', '12/3 12/3'],
])('a part that is missing is the middle of what is possible (%s)', async (patient, expected) => {
  expect(await survivalOf(patient)).toEqual([expected]);
});

test('several tumors bound each other; unknown ones in a row are halved one after the other', async () => {
  const found = await rows(
    warehouse.connection,
    `select cast(diagnosis_date as varchar) as day from core.survival_date where patient_key = 'threeInJune' order by place`,
  );
  // Between the 10th and death on the 20th: the 15th, then the 17th; the year alone comes last by its number: the 18th.
  expect(found.map(({ day }) => day)).toEqual(['2019-06-10', '2019-06-15', '2019-06-17', '2019-06-18']);
  expect(await survivalOf('threeInJune')).toEqual(['0/1 0/1', '0/2 0/2', '0/2 0/2', '0/2 0/2']);
});

test('a tumor that could have no days by itself has some where a later one has', async () => {
  expect(await survivalOf('notNoneBeforeNext')).toEqual(['0/3 0/3', '0/1 0/1']);
});

test.each([
  ['noYear', ['-/9 -/9']],
  ['diagnosedLate', ['-/9 -/9']],
  ['deadSometime', ['-/9 -/9']],
  ['aliveSometime', ['-/9 23/1']],
  ['twoContacts', ['-/9 -/9', '-/9 -/9']],
  ['future', ['-/9 -/9']],
  ['lastDay', ['23/1 23/1']],
])('not known: no year, too late, contradicting or future contacts (%s)', async (patient, expected) => {
  expect(await survivalOf(patient)).toEqual(expected);
});

test.each([
  ['certificate', '-/8 -/8'],
  ['autopsy', '-/8 -/8'],
  ['certificateNoYear', '-/9 -/9'],
])('known from death alone: flag 8, no months (%s)', async (patient, expected) => {
  expect(await survivalOf(patient)).toEqual([expected]);
});

test('dead after the cut-off is alive at it', async () => {
  const [row] = await rows(
    warehouse.connection,
    `select vital_status_at_cutoff as vital, cast(last_contact_date as varchar) as day from core.tumor_survival
     where patient_key = 'afterCutoff'`,
  );
  expect(row).toEqual({ vital: '1', day: '2020-12-31' });
});

test('every abstract has its row, once', async () => {
  const broken = warehouse.asserts.filter(({ name, violations }) => name.startsWith('unique-key') && violations > 0);
  expect(broken).toEqual([]);
  const [counted] = await rows(warehouse.connection, 'select count(*)::int as n from core.tumor_survival');
  expect(counted).toEqual({ n: drawn.length });
});

test('without a setting the cut-off is the end of the last whole year of the source, without either there is none', async () => {
  const tumor = `${header}\n a | 1 | 01 | C509 | 20200101 | 20200301 | 1 | |`;
  for (const [raw, expected] of [
    [{ source, tumor }, '1/1 23/1'], // to 31 December 2021: 730 days
    [{ tumor }, '-/null -/null'],
  ] as const) {
    const { connection, close } = await buildInMemory({ looksAt: ['core.tumor_survival'], raw });
    onTestFinished(close);
    expect((await rows(connection, 'select * from core.tumor_survival')).map(said)).toEqual([expected]);
  }
}, 120_000);
