import { UserError } from '../../warehouse/error.ts';
import { cell, columnNamed, type Cell, type ColumnTable } from '../../warehouse/query/column-table.ts';
import { registryBasis, type RegistryBasis } from '../../warehouse/query/registry/basis.ts';
import { cancerSurvival } from '../../warehouse/query/registry/cancer-survival.ts';
import { rates, type RatesAnswer } from '../../warehouse/query/registry/rates.ts';
import { readRatesView } from '../../warehouse/query/registry/rates-view.ts';
import { readCancerSurvivalView } from '../../warehouse/query/registry/survival-view.ts';
import { tableToRows } from '../../warehouse/query/text-formats.ts';
import { wherePairs } from '../../dashboard/server/view-request.ts';
import { listTable } from '../print/list-table.ts';
import type { Output } from '../print/output.ts';
import { cellText, printTable } from '../print/print-table.ts';
import { textTable } from '../print/text-table.ts';
import { onCurrentRelease, workspaceOf, type ExitCode, type Invocation } from './invocation.ts';

/** What both questions share, as commander hands it over. */
interface CohortOptions {
  readonly by?: string;
  readonly where?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly recode?: string;
}

export interface RatesOptions extends CohortOptions {
  readonly standard?: string;
  readonly cases?: string;
  readonly interval?: string;
  readonly reference?: string;
}

export interface SurvivalOptions extends CohortOptions {
  readonly measure?: string;
  readonly method?: string;
  readonly expected?: string;
  readonly months?: string;
  readonly allTumors?: true;
  readonly presumedAlive?: true;
}

/** `himsight registry`: what rates and survival of this release stand on, and what may be asked. */
export const registryCommand = (invocation: Invocation): Promise<ExitCode> =>
  onCurrentRelease(workspaceOf(invocation), async (reader) => {
    const basis = await registryBasis(reader);
    const { release, ...rest } = basis;
    await printTable(invocation.output, {
      table: listTable(['what', 'there'], basisRows(basis)),
      about: { release },
      json: { release, ...rest },
    });
    return 0;
  });

const basisRows = (basis: RegistryBasis): readonly Record<string, unknown>[] => {
  const { population, lifeTable } = basis;
  const none = 'not configured';
  return [
    ['NAACCR versions', basis.naaccrVersions.join(', ') || 'no abstract'],
    [
      'site recodes',
      basis.siteRecodes.map(({ scheme, groups }) => `${scheme}: ${groups.length} groups`).join(', ') || none,
    ],
    ['standard populations', basis.standards.join('; ') || none],
    [
      'population',
      population === null ? none : `${population.years[0]} to ${population.years.at(-1)}, ${tellsApart(population)}`,
    ],
    ['years with cases and people', basis.coveredYears.join(', ') || 'none'],
    [
      'life table',
      lifeTable === null ? none : `${lifeTable.firstYear} to ${lifeTable.lastYear}, ${lifeTable.races.join(', ')}`,
    ],
    ['cut-off of survival', basis.cutoff ?? 'not known'],
    ['cases for survival', cellText(basis.survivalCases)],
  ].map(([what, there]) => ({ what, there }));
};

const tellsApart = ({ states, counties, races }: NonNullable<RegistryBasis['population']>): string =>
  [
    ...(states === null ? [] : [`states ${states.join(', ')}`]),
    ...(counties === null ? [] : [`${counties.length} counties`]),
    ...(races === null ? [] : [`races ${races.join(', ')}`]),
  ].join(', ') || 'by age and sex';

/** `himsight registry rates`: incidence, crude and age-adjusted, as the page would ask for it. */
export const registryRatesCommand = async (invocation: Invocation, options: RatesOptions): Promise<ExitCode> => {
  const { standard = null, cases = null, interval = null, reference = null } = options;
  const view = readRatesView({ ...shared(options), standard, cases, interval, reference });
  return onCurrentRelease(workspaceOf(invocation), async (reader) => {
    const answered = await rates(reader, view);
    const { table, ...about } = answered;
    const { output } = invocation;
    await printTable(output, {
      table,
      about: { ...about },
      json: { ...about, rows: tableToRows(table) },
      text: ratesText(output, answered),
    });
    for (const [reason, count] of Object.entries(answered.leftOut))
      if (count > 0)
        output.say(
          `${cellText(count)} cases are in no ${reason === 'group' ? 'group' : 'rate'}: ${leftOutWords[reason]}.`,
        );
    return 0;
  });
};

const leftOutWords: Readonly<Record<string, string>> = {
  year: 'diagnosed in a year not asked for, or without people',
  place: 'residents of elsewhere, or of a state not told',
  sex: 'neither male nor female',
  age: 'age not known',
  group: 'in the total alone, as what they are split by is not known or has no people',
};

const ratesText = (output: Output, { table, asked, trend, trendUnknown, provenance }: RatesAnswer): string => {
  const hasRatio = asked.reference !== null;
  const lines = rowsOf(table, (at) => {
    const span = (lower: Cell, upper: Cell): string => (lower === null ? '' : `${fixed(lower)} to ${fixed(upper)}`);
    const told = at('suppressed') === true ? String(at('reason')) : '';
    return [
      String(at('label')),
      cellText(at('cases')),
      cellText(at('population')),
      fixed(at('crude')),
      fixed(at('rate')),
      span(at('lower'), at('upper')),
      fixed(at('standard_error')),
      ...(hasRatio ? [fixed(at('ratio')), span(at('ratio_lower'), at('ratio_upper'))] : []),
      told,
    ];
  });
  const names = [
    ...[asked.by ?? 'group', 'cases', 'person-years', 'crude', 'age-adjusted', '95 % limits', 'SE'],
    ...(hasRatio ? ['ratio', '95 % limits'] : []),
    '',
  ];
  const columns = names.map(
    (name, i) => ({ name, align: i === 0 || i === names.length - 1 ? 'left' : 'right' }) as const,
  );
  const change =
    trend === null
      ? []
      : [
          `Annual percent change ${share(trend.change)} (${share(trend.lower)} to ${share(trend.upper)}) over ${trend.years} years`,
        ];
  return `${[
    textTable(columns, lines, output),
    ...change,
    ...(trendUnknown === null ? [] : [trendUnknown]),
    `Per 100,000 person-years. ${provenance.line}`,
  ].join('\n')}\n`;
};

/** `himsight registry survival`: observed or relative survival of a cohort. */
export const registrySurvivalCommand = async (invocation: Invocation, options: SurvivalOptions): Promise<ExitCode> => {
  const { measure = null, method = null, expected = null, months } = options;
  const view = readCancerSurvivalView({
    ...shared(options),
    ...{ measure, method, expected, months: months === undefined ? null : wholeNumber('months', months) },
    tumors: options.allTumors === true ? 'all' : 'first',
    presumedAlive: options.presumedAlive === true,
  });
  return onCurrentRelease(workspaceOf(invocation), async (reader) => {
    const answered = await cancerSurvival(reader, view);
    const { table, ...about } = answered;
    const { output } = invocation;
    const text = survivalText(output, table, answered.provenance.line, view.by ?? 'group');
    await printTable(output, { table, about: { ...about }, json: { ...about, rows: tableToRows(table) }, text });
    for (const [reason, count] of Object.entries(answered.excluded))
      output.say(`${cellText(count)} cases are not watched: ${reason.replaceAll('_', ' ')}.`);
    return 0;
  });
};

/** Of the months, the whole years, and the last one there is. */
const survivalText = (output: Output, table: ColumnTable, line: string, by: string): string => {
  const all = rowsOf(table, (at) => ({
    months: Number(at('months')),
    cells: [
      String(at('label')),
      cellText(at('months')),
      percent(at('survival')),
      at('lower') === null ? '' : `${percent(at('lower'))} to ${percent(at('upper'))}`,
      cellText(at('at_risk')),
      at('suppressed') === true ? String(at('reason')) : '',
    ],
  }));
  const shown = all.filter(({ months, cells }, i) => months % 12 === 0 || all[i + 1]?.cells[0] !== cells[0]);
  const names = [by, 'months', 'survival', '95 % limits', 'at risk', ''];
  const columns = names.map(
    (name, i) => ({ name, align: i === 0 || i === names.length - 1 ? 'left' : 'right' }) as const,
  );
  const rows = shown.map(({ cells }) => cells);
  return `${textTable(columns, rows, output)}\n${line}\n`;
};

const shared = ({ by, where = [], from, to, recode }: CohortOptions) => ({
  by: by ?? null,
  where: wherePairs(where),
  from: from === undefined ? null : wholeNumber('from', from),
  to: to === undefined ? null : wholeNumber('to', to),
  recode: recode ?? null,
});

const wholeNumber = (option: string, text: string): number => {
  if (/^\d+$/.test(text)) return Number(text);
  throw new UserError(`\`--${option}\` must be a whole number, as ${option === 'months' ? '60' : '2014'}.`);
};

const rowsOf = <T>(table: ColumnTable, read: (at: (name: string) => Cell) => T): T[] =>
  Array.from({ length: table.rows }, (_, row) => read((name) => cell(columnNamed(table, name), row)));

const fixed = (value: Cell): string => (typeof value === 'number' ? value.toFixed(2) : '–');
const percent = (value: Cell): string => (typeof value === 'number' ? `${(value * 100).toFixed(1)} %` : '–');
const share = (value: number): string => `${(value * 100).toFixed(2)} %`;
