import { expect, onTestFinished, test } from 'vitest';
import { caseRow, caseRows, judgedCases, patientSlices } from '../../../etl/submission/case-rows.ts';
import { rowsOf } from '../../../etl/submission/rows-of.ts';
import { drawFrom } from '../../oracle/chance.ts';
import { buildInMemory } from '../../support/warehouse.ts';

test('slices of any size give the same abstracts in the same order, each patient in one of them', async () => {
  const { maybe, whole } = drawFrom(2_026);
  const lines = Array.from({ length: 120 }, (_, i) => {
    const patient = whole(1, 40);
    // Some have no number, and come first, all together.
    return [`p${patient}`, maybe(0.1) ? '' : String(patient * 7).padStart(8, '0'), String(i).padStart(3, '0'), 'C504'];
  });
  const { connection, close } = await buildInMemory({
    raw: {
      tumor: [
        'patient_key | patientIdNumber | tumorRecordNumber | primarySite | dateOfDiagnosis',
        ...lines.map((line) => [...line, '20200101'].join(' | ')),
      ].join('\n'),
    },
  });
  onTestFinished(close);
  const judged = judgedCases({}, { from: '2020-01-01', to: '2021-01-01' });
  const keysIn = async (size: number): Promise<readonly (readonly string[])[]> => {
    const found: string[][] = [];
    for (const slice of await patientSlices(connection, judged, size)) {
      const keys: string[] = [];
      for await (const row of rowsOf(connection, caseRows(judged, ['patientIdNumber'], slice)))
        keys.push(caseRow(row).key.join(' '));
      found.push(keys);
    }
    return found;
  };
  const [whole_] = await keysIn(1000);
  expect(whole_).toHaveLength(120);
  expect(whole_).toEqual(whole_!.toSorted());
  for (const size of [1, 7, 40, 119, 120]) {
    const slices = await keysIn(size);
    expect(slices.flat()).toEqual(whole_);
    const owners = slices.map((keys) => new Set(keys.map((key) => key.split(' ')[0])));
    expect(owners.reduce((sum, { size: patients }) => sum + patients, 0)).toBe(
      new Set(owners.flatMap((one) => [...one])).size,
    );
    if (size < 40) expect(slices.length).toBeGreaterThan(3);
  }
}, 60_000);

test('whatever a value is made of, it comes out as it was abstracted', async () => {
  const odd = `a "quoted" \\back\\ [1, "2"] \u0007 é 🙂 null`;
  const { connection, close } = await buildInMemory({
    raw: {
      tumor: `
        facility_id | patient_key | patientIdNumber | tumorRecordNumber | primarySite | dateOfDiagnosis
        north       | p1          | 00000001        | 01                | C504        | 20200101
      `,
    },
  });
  onTestFinished(close);
  await connection.run('update core.tumor set addrAtDxCity = $1', [odd]);
  await connection.run(
    `insert into core.tumor_item select facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite, id, $1
     from core.tumor, (values ('stateItem'), ('anItem')) as items (id)`,
    [odd],
  );
  const judged = judgedCases({}, { from: '2020-01-01', to: '2021-01-01' });
  const items = ['primarySite', 'addrAtDxCity', 'laterality'];
  const rows = [];
  for await (const row of rowsOf(connection, caseRows(judged, items, ['', null]))) rows.push(caseRow(row));
  expect(rows).toEqual([
    {
      key: ['00000001', 'north', 'p1', '01', '', 'C504'],
      year: 2020,
      values: ['C504', odd, null],
      given: [
        ['anItem', odd],
        ['stateItem', odd],
      ],
    },
  ]);
}, 60_000);
