import { expect, onTestFinished, test } from 'vitest';
import { iarcMultiplePrimary, type PatientTumor } from '../../warehouse/statistics/iarc-multiple-primary.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';
import { drawFrom } from './chance.ts';

const codes = { primary: '1', duplicate: '0', not_invasive: '9' } as const;
const draw = drawFrom(19_052_004);

/** Of every group one or two codes; those not specified and Kaposi sarcoma often, as what they take over depends on the order. */
const histologies = [
  ...['8000', '8000', '8001', '8010', '8010', '8070', '8120', '8090', '8140', '8500', '8041', '8170', '8800', '9050'],
  ...['9140', '9140', '9140', '8720', '9380', '9590', '9590', '9680', '9699', '9702', '9650', '9861', '9740', '9751'],
  ...['9993', '8006'], // of none of the groups
];
const sites = ['C504', 'C509', 'C180', 'C199', 'C209', 'C340', 'C339', 'C440', 'C670', 'C659', 'C770'];

const tumors = (mostSites: number): readonly PatientTumor[] => {
  const own = Array.from({ length: mostSites }, () => draw.one(sites));
  return Array.from({ length: draw.whole(1, 9) }, () => ({
    site: draw.maybe(0.03) ? null : draw.one(own),
    histology: draw.maybe(0.03) ? null : draw.one(histologies),
    behavior: draw.maybe(0.85) ? '3' : draw.one(['0', '1', '2']),
  }));
};

test('primaries of 2,500 random patients equal the rules walked through tumor by tumor', async () => {
  const patients = Array.from({ length: 2500 }, () => tumors(draw.whole(1, 3)));
  const lines = patients.flatMap((told, i) =>
    told.map(({ site, histology, behavior }, j) =>
      [`p${i}`, String(j + 1).padStart(2, '0'), site ?? '', histology ?? '', behavior, `2020010${j + 1}`].join(' | '),
    ),
  );
  const header =
    'patient_key | tumorRecordNumber | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | dateOfDiagnosis';
  const { connection, close } = await buildInMemory({
    looksAt: ['core.iarc_primary'],
    raw: { tumor: [header, ...lines].join('\n') },
  });
  onTestFinished(close);
  const found = await rows(
    connection,
    `select patient_key, string_agg(iarc_primary, '' order by place) as told from core.iarc_primary group by patient_key`,
  );
  const told = new Map(found.map((row) => [row.patient_key, row.told]));
  const expected = new Map(
    patients.map((one, i) => [
      `p${i}`,
      iarcMultiplePrimary(one)
        .map((each) => codes[each])
        .join(''),
    ]),
  );
  const wrong = [...expected].filter(([patient, indicators]) => told.get(patient) !== indicators);
  expect(wrong.slice(0, 3).map(([patient]) => [patients[Number(patient.slice(1))], told.get(patient)])).toEqual([]);
  expect(told.size).toBe(expected.size);
  const all = [...expected.values()].join('');
  for (const code of ['0', '1', '9']) expect(all.split(code).length).toBeGreaterThan(500);
}, 60_000);

test('in order of diagnosis, not of the file; one without a day comes last', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['core.iarc_primary'],
    raw: {
      tumor: `
        patient_key | tumorRecordNumber | sequenceNumberCentral | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | dateOfDiagnosis
        a           | 01                | 01                    | C340        | 8070                | 3                 | 20200301
        a           | 02                | 02                    | C349        | 8000                | 3                 | 202001
        b           | 01                | 02                    | C209        | 8140                | 3                 | 20200101
        b           | 02                | 01                    | C199        | 8140                | 3                 | 20200101
        b           | 03                | 03                    | C199        | 8140                | 3                 |`,
    },
  });
  onTestFinished(close);
  const found = await rows(
    connection,
    `select patient_key || tumorRecordNumber || ' ' || place || ' ' || iarc_primary as told from core.iarc_primary order by 1`,
  );
  // 8000 of January is first and the one of March takes it over; of one day the lower sequence number is first.
  expect(found.map(({ told }) => told)).toEqual(['a01 2 0', 'a02 1 1', 'b01 2 0', 'b02 1 1', 'b03 3 0']);
}, 60_000);
