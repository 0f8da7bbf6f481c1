import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { himsight } from '../etl/cli/himsight.ts';
import { plainSurvival } from '../oracle/registry-rates.ts';
import { sharedData } from '../support/shared-data.ts';

const lung = sharedData('survival', 'lung.csv');
const lifeTable = sharedData('population', 'survexp_us_daily_hazard.csv.gz');

const dayAfter = (days: number): string =>
  new Date(Date.UTC(2010, 0, 15) + days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');

/** R's `lung`, as abstracts of the upper lobe diagnosed on one day. */
const patients = (): readonly {
  readonly days: number;
  readonly dead: boolean;
  readonly sex: string;
  readonly age: string;
}[] => {
  const [head = '', ...lines] = readFileSync(lung!, 'utf8').replaceAll('"', '').trim().split('\n');
  const at = (cells: readonly string[], name: string) => cells[head.split(',').indexOf(name)] ?? '';
  return lines.map((line) => {
    const cells = line.split(',');
    return {
      days: Number(at(cells, 'time')),
      dead: at(cells, 'status') === '2',
      sex: at(cells, 'sex'),
      age: at(cells, 'age'),
    };
  });
};

test.skipIf(lung === null)(
  'himsight registry survival: men and women of lung, month by month, as plain loops have them',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'himsight-lung-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const all = patients();
    writeFileSync(
      join(folder, 'tumor.csv'),
      [
        'patient_key,sequenceNumberCentral,primarySite,histologicTypeIcdO3,behaviorCodeIcdO3,dateOfDiagnosis,dateOfLastContact,vitalStatus,ageAtDiagnosis,sex,typeOfReportingSource',
        ...all.map(({ days, dead, sex, age }, i) =>
          [
            `p${i}`,
            '00',
            'C341',
            '8140',
            '3',
            dayAfter(0),
            dayAfter(days),
            dead ? '0' : '1',
            age.padStart(3, '0'),
            sex,
            '1',
          ].join(','),
        ),
        '',
      ].join('\n'),
    );
    writeFileSync(
      join(folder, 'himsight.yaml'),
      `version: 1\nsources:\n  - { id: cases, path: tumor.csv, contract: tumor, mapping: canonical, privacy: synthetic }\n` +
        `metric_settings:\n  survival_cutoff_year: 2013\ncode_tables:\n  life_table: '${lifeTable!}'\n`,
    );
    expect(himsight(folder, 'run', '--quiet').code).toBe(0);
    const ask = (...words: readonly string[]) => {
      const { code, out, err } = himsight(folder, 'registry', 'survival', ...words, '--format', 'json');
      if (code !== 0) throw new Error(err);
      return JSON.parse(out) as {
        readonly rows: readonly Record<string, unknown>[];
        readonly provenance: { readonly cutoff: string; readonly lifeTable: string | null };
      };
    };
    const { rows, provenance } = ask('--by', 'sex', '--method', 'kaplan-meier', '--months', '24');
    expect(provenance).toMatchObject({ cutoff: '2013-12-31', lifeTable: null });
    for (const sex of ['1', '2']) {
      // Months are whole ones of 365.24 ÷ 12 days.
      const watched = all
        .filter((one) => one.sex === sex)
        .map(({ days, dead }) => ({ months: Math.floor((days * 1200) / 36524), dead }));
      const plain = plainSurvival(watched, 24, 'kaplan-meier');
      const own = rows.filter((row) => row.sex === sex);
      expect(own).toHaveLength(plain.length);
      own.forEach((row, month) => {
        const { survival, entered } = plain[month]!;
        if (entered < 16) expect([row.survival, row.suppressed]).toEqual([null, true]);
        else expect(row.survival).toBeCloseTo(survival, 12);
      });
    }
    // Who is not ill of the lung dies as well: relative survival is the higher one.
    const relative = ask('--measure', 'relative', '--months', '12');
    expect(relative.provenance.lifeTable).toBe('life table 1940 to 2020 by age, sex and year');
    const last = relative.rows.at(-1)!;
    expect(Number(last.survival)).toBeGreaterThan(Number(last.observed));
    expect(Number(last.survival)).toBeCloseTo(Number(last.observed) / Number(last.expected), 12);
  },
  120_000,
);
