import { expect, onTestFinished, test } from 'vitest';
import { buildInMemory, rows } from '../support/warehouse.ts';
import { drawFrom } from './chance.ts';
import { survivalOf, type Parts, type Patient } from './survival-months.ts';

const draw = drawFrom(20_261_122);
const dayIn = (from: number, to: number): number => Date.UTC(from, 0, 1) / 864e5 + draw.whole(0, (to - from + 1) * 365);
const partsOf = (day: number): Parts => {
  const date = new Date(day * 864e5);
  const full = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  if (draw.maybe(0.1)) return { ...full, month: null, day: null };
  return draw.maybe(0.3) ? { ...full, day: null } : full;
};
const written = (parts: Parts | null): string =>
  parts === null
    ? ''
    : [parts.year, parts.month, parts.day]
        .filter((part) => part !== null)
        .map((part) => String(part).padStart(2, '0'))
        .join('');

/** Tumors in true order, their dates then made partial, close together so that they bound each other. */
const patient = (): Patient => {
  const first = dayIn(2015, 2021);
  const days = [first];
  while (draw.maybe(0.5)) days.push(days.at(-1)! + draw.whole(0, 60));
  // Of a single tumor the last contact may contradict the diagnosis.
  const reach = days.length === 1 && draw.maybe(0.1) ? draw.whole(-50, 0) : draw.maybe(0.1) ? 0 : draw.whole(0, 500);
  const contact = days.at(-1)! + reach;
  const diagnoses = days.map(partsOf).filter(({ year }) => year <= 2020);
  return {
    diagnoses,
    fromDeathAlone: diagnoses.map(() => draw.maybe(0.05)),
    birth: draw.maybe(0.4) ? partsOf(first - draw.whole(0, 60)) : null,
    contact: draw.maybe(0.05) ? null : partsOf(contact),
    isAlive: draw.maybe(0.4),
  };
};

test('survival months of random patients equal the program walked through step by step', async () => {
  const patients = Array.from({ length: 3000 }, patient);
  const tumor = patients.flatMap(({ diagnoses, fromDeathAlone, birth, contact, isAlive }, i) =>
    diagnoses.map((one, j) =>
      [
        ...[`p${i}`, String(j + 1).padStart(2, '0'), String(j + 1).padStart(2, '0'), 'C509', written(one)],
        ...[written(contact), isAlive ? '1' : '0', written(birth), fromDeathAlone[j] === true ? '7' : '1'],
      ].join(' | '),
    ),
  );
  const header =
    'patient_key | tumorRecordNumber | sequenceNumberCentral | primarySite | dateOfDiagnosis | dateOfLastContact' +
    ' | vitalStatus | dateOfBirth | typeOfReportingSource';
  const { connection, close } = await buildInMemory({
    looksAt: ['core.tumor_survival'],
    raw: {
      source: 'source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2030-01-01 00:00:00',
      metric_setting: 'name | value\n survival_cutoff_year | 2020',
      tumor: [header, ...tumor].join('\n'),
    },
  });
  onTestFinished(close);
  const found = new Map(
    (
      await rows(
        connection,
        `select patient_key || ' ' || tumorRecordNumber as tumor, survival_months as m, survival_flag as f,
           survival_months_presumed_alive as pm, survival_flag_presumed_alive as pf
         from core.tumor_survival`,
      )
    ).map((row) => [String(row.tumor), [row.m, Number(row.f), row.pm, Number(row.pf)]]),
  );
  const flags = new Map<number, number>();
  for (const [i, one] of patients.entries()) {
    const [plain, presumed] = [survivalOf(one, 2020, false), survivalOf(one, 2020, true)];
    for (const [j, told] of plain.entries()) {
      flags.set(told[1], (flags.get(told[1]) ?? 0) + 1);
      expect([`p${i}`, j + 1, found.get(`p${i} ${String(j + 1).padStart(2, '0')}`)]).toEqual([
        `p${i}`,
        j + 1,
        [...told, ...presumed[j]!],
      ]);
    }
  }
  // Every flag was put to the test.
  expect([...flags.keys()].sort()).toEqual([0, 1, 2, 3, 8, 9]);
}, 240_000);
