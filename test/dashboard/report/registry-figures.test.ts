import { expect, test } from 'vitest';
import { readCancerSurvival, readRates } from '../../../dashboard/data/registry-answer.ts';
import { usualChoice, type RegistryChoice } from '../../../dashboard/data/registry-choice.ts';
import { registryFigures } from '../../../dashboard/report/registry-figures.ts';
import type { Part, TablePart } from '../../../dashboard/report/report.ts';
import { encodeTable } from '../../../warehouse/query/encode.ts';
import { registryBasis } from '../../../warehouse/query/registry/basis.ts';
import { smallRegistry } from '../../warehouse/query/registry/ask-registry.ts';

/** A registry of one year, 1,000 men and 1,000 women, 20 and 15 cases, 16 of them watched for five months. */
const opened = async () => {
  const { reader, rates, survival } = await smallRegistry(
    {
      population: 'year | sex | age_from | age_to | people\n 2020 | 1 | 0 | | 1000\n 2020 | 2 | 0 | | 1000',
      standard_population: 'standard | age_from | age_to | people\n S | 0 | | 1',
    },
    [
      { sex: '1', age: 50, n: 20 },
      { sex: '2', age: 50, n: 17 },
    ],
    Array.from({ length: 16 }, () => ({ months: 5 })),
  );
  const desk = {
    registryBasis: () => registryBasis(reader),
    rates: async (view: object) => {
      const { table, rows: _rows, ...about } = await rates(view);
      return readRates(await encodeTable(table, about, 'arrow'));
    },
    cancerSurvival: async (view: object) => {
      const { table, rows: _rows, ...about } = await survival(view);
      return readCancerSurvival(await encodeTable(table, { ...about }, 'arrow'));
    },
  };
  return { rates, ask: (part: Partial<RegistryChoice> = {}) => registryFigures(desk, { ...usualChoice, ...part }) };
};

const tableOf = (parts: readonly Part[], title: string): TablePart =>
  parts.find((part): part is TablePart => part.kind === 'table' && part.title === title)!;

test('rates and survival are drawn with what they stand on, their tables beside them', async () => {
  const { ask, rates } = await opened();
  const parts = await ask({ rates: 'sex' });
  expect(parts.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
    'figure Incidence by sex',
    'table Incidence by sex',
    'figure Observed survival',
    'table Observed survival',
    'table What these figures stand on',
  ]);
  const [figure] = parts;
  expect(figure).toMatchObject({ note: expect.stringContaining('standard: S') as unknown });
  const { table } = tableOf(parts, 'Incidence by sex');
  const place = table.columns.findIndex(({ label }) => label === 'Age-adjusted');
  const told = (await rates({ by: 'sex' })).rows.map(({ rate }) => rate);
  expect(table.rows.map(({ cells }) => cells[place]?.raw)).toEqual(told);
  expect(told).toHaveLength(3);
  const basis = tableOf(parts, 'What these figures stand on').table.rows.map(({ cells }) => cells[1]?.text);
  expect(basis).toContain('not configured: code_tables.life_table of himsight.yaml');
});

test.each([
  [{ rates: 'county' }, 'This release cannot split rates by county.'],
  [{ survival: 'stage' }, 'This release cannot split survival by stage.'],
  [{ standard: 'T' }, 'The standard population of the address is not configured.'],
  [{ recode: '2008' }, 'The site recode 2008 is not configured.'],
  [{ sites: ['26000'] }, 'A cancer site of the address is none of the site recode.'],
  [{ measure: 'relative' }, 'Relative survival needs a life table'],
] as const)('where the screen gives way a report is refused: %j', async (part, sentence) => {
  const { ask } = await opened();
  await expect(ask(part)).rejects.toThrow(sentence);
});
