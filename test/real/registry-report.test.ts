import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { himsight } from '../etl/cli/himsight.ts';
import { sharedData } from '../support/shared-data.ts';
import { ranWorkspace } from './workspace.ts';

// Each command is a process of its own, and machines are busy.
vi.setConfig({ testTimeout: 300_000 });

const sample = sharedData('naaccr', 'synthetic-v260-incidence-1000.xml.gz');
const dictionaries = sharedData('naaccr', 'dictionaries');

/** The text of a page, its marks taken off. */
const textOf = (html: string): string => html.replaceAll(/<style[^]*?<\/style>|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

test.skipIf(sample === null || dictionaries === null)('the page of a central registry is printed whole, or not', () => {
  const real = ranWorkspace(
    `path: '${sample!}', format: naaccr-xml, mapping: naaccr-xml, privacy: limited_data_set`,
    `registry:\n  kind: central\n  dictionaries: ['${dictionaries!}/*.xml']\n`,
  );
  const report = (page: string, out: string) => himsight(real.folder, 'report', '--page', page, '--out', out);
  expect(report('/registry?diagnosis_year=2022', 'a.html').code).toBe(0);
  const words = textOf(readFileSync(join(real.folder, 'a.html'), 'utf8'));
  const { cases, unknown } = real.first(
    `select max(denominator)::int as cases, max(numerator) filter (criterion = 'county_unknown')::int as unknown
     from mart.registry_criterion where standard = 'naaccr_gold' and diagnosis_year = 2022 and criterion <> 'completeness'`,
  );
  expect(words).toMatch(new RegExp(`County unknown [\\d.]+ % ${String(unknown)} ${String(cases)} `));
  for (const part of ['Certification criteria', 'Quality of the cases', 'Cases by year', 'What these figures stand on'])
    expect(words).toContain(part);
  expect(report('/registry', 'a.pdf').code).toBe(0);
  expect(report('/registry', 'a.xlsx').code).toBe(0);
  for (const [page, sentence] of [
    ['/registry?show=nothing', 'is none of this page'],
    ['/registry?by=planet', 'is not split by that dimension here'],
    ['/registry?rates=sex', 'no people and no cases'],
  ] as const) {
    const { code, err } = report(page, 'b.pdf');
    expect([page, code, err]).toEqual([page, 2, expect.stringContaining(sentence)]);
  }
  // A hospital's page asks for other indicators, and this registry has none of them by month.
  writeFileSync(
    join(real.folder, 'himsight.yaml'),
    readFileSync(join(real.folder, 'himsight.yaml'), 'utf8').replace('kind: central', 'kind: hospital'),
  );
  expect(report('/registry', 'c.html')).toMatchObject({
    code: 2,
    err: expect.stringContaining('No indicator has a value in this period') as unknown,
  });
});
