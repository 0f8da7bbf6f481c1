import { appendFileSync, utimesSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { mayStillBeWritten } from '../../../etl/land/still-written.ts';
import { scanFile } from '../../../etl/read/scan.ts';
import { Landing } from '../../support/landing.ts';

const csv = 'encounter_id,patient_key,facility_id,patient_class,admit_ts,age_years,sex\n';
const row = 'e1,p1,north,inpatient,2026-01-02 08:00:00,50,female\n';

/** A file as it was scanned, last written to at the epoch. */
const scanned = async (content: string | Uint8Array) => {
  const path = new Landing({ format: 'csv' }).write('extract/a', content);
  utimesSync(path, 0, 0);
  return { arrived: path, scan: await scanFile(path, { delimiter: 44 }) };
};

test('a file that breaks off may still be being written for two minutes, and no longer', async () => {
  for (const torn of ['', `${csv}e1,"p1`, gzipSync(csv + row).subarray(0, 40)]) {
    const file = await scanned(torn);
    expect(file.scan.flaw).not.toBeNull();
    expect(await mayStillBeWritten([file], 119_999)).toBe(true);
    expect(await mayStillBeWritten([file], 120_000)).toBe(false);
  }
});

test('a file that is whole is not, however young, unless it changes', async () => {
  const file = await scanned(csv + row);
  expect(await mayStillBeWritten([file], 1)).toBe(false);
  appendFileSync(file.arrived, row);
  expect(await mayStillBeWritten([file], 1)).toBe(true);
});

test('a torn file written just now is held as passing, a column nobody declared is not', async () => {
  const landing = new Landing({ format: 'csv', contract: 'encounter' });
  landing.write('extract/a.csv', `${csv}e1,"p1`);
  landing.write('extract/b.csv', csv.replace('sex', 'sex,ssn') + row.replace('female', 'female,1'));
  const outcomes = await landing.run();
  expect(outcomes.map(({ status, isTransient }) => [status, isTransient])).toEqual([
    ['held', true],
    ['held', undefined],
  ]);
});
