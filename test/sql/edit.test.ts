import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keysSql } from '../../warehouse/check/scan-sql.ts';
import { buildInMemory, rows, type MemoryWarehouse } from '../support/warehouse.ts';
import { dateExamples } from './edit/date.ts';
import { readExamples } from './edit/example.ts';
import { patientExamples } from './edit/patient.ts';
import { siteExamples } from './edit/site.ts';
import { treatmentExamples } from './edit/treatment.ts';

const examples = [siteExamples, dateExamples, treatmentExamples, patientExamples].flatMap(readExamples);
const files = readdirSync(fileURLToPath(new URL('../../sql/edit', import.meta.url)))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace(/\.yaml$/, ''));

/** Every example a patient of its own, so that one warehouse holds them all. */
const abstracts = examples.flatMap((example, at) =>
  example.abstracts.map((items, nth) => ({
    ...{ facility_id: 'north', patient_key: `p${at}`, tumorRecordNumber: String(nth + 1).padStart(2, '0') },
    ...items,
  })),
);

const drawn = (): string => {
  const columns = [...new Set(abstracts.flatMap((each) => Object.keys(each)))];
  const lines = abstracts.map((each) =>
    columns.map((column) => (each as Readonly<Record<string, string>>)[column] ?? '').join(' | '),
  );
  return [columns.join(' | '), ...lines].join('\n');
};

let built: MemoryWarehouse;
beforeAll(async () => {
  built = await buildInMemory({ raw: { tumor: drawn() } });
});
afterAll(() => built.close());

test('every edit has an example on both sides, and every example is of an edit', () => {
  const sides = (fails: boolean): string[] => [
    ...new Set(examples.filter((each) => each.fails === fails).map(({ edit }) => edit)),
  ];
  expect(sides(true).sort()).toEqual(files.toSorted());
  expect(sides(false).sort()).toEqual(files.toSorted());
});

test('an edit that can be over-ridden has an example of it', () => {
  const edits = built.compiled.checks.flatMap(({ checks }) => checks).filter(({ kind }) => kind === 'edit');
  const overridden = edits.filter(({ items, columns }) => items.length > columns!.length);
  expect(overridden.length).toBeGreaterThan(10);
  const without = overridden
    .filter(
      ({ id, items }) =>
        !examples.some((each) => each.edit === id && Object.hasOwn(each.abstracts[0] ?? {}, items.at(-1) ?? '')),
    )
    .map(({ id }) => id);
  expect(without).toEqual([]);
});

test.each(files)('%s', async (id) => {
  const scan = built.compiled.checks.find(({ checks }) => checks.some((check) => check.id === id))!;
  const check = scan.checks.find((each) => each.id === id)!;
  const patients = async (violated: string): Promise<ReadonlySet<string>> => {
    const found = await rows(built.connection, keysSql(scan, { applies: check.applies, violated }));
    return new Set(found.map((row) => String(row.patient_key)));
  };
  const [asked, failing] = [await patients('true'), await patients(check.violated)];
  const own = examples.map((example, at) => [example, `p${at}`] as const).filter(([{ edit }]) => edit === id);
  const verdicts = own.map(
    ([{ line }, key]) => `${line} → ${asked.has(key) ? (failing.has(key) ? 'fails' : 'holds') : 'not asked'}`,
  );
  expect(verdicts).toEqual(own.map(([{ line, fails }]) => `${line} → ${fails ? 'fails' : 'holds'}`));
});
