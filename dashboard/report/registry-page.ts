import { columnsFigure, columnsQuestion } from '../chart/columns-figure.ts';
import { rankingFigure, rankingQuestion } from '../chart/ranking-figure.ts';
import { trendFigure } from '../chart/trend-figure.ts';
import { findMetric, unfit, type Metric } from '../data/catalogue.ts';
import { formatCount } from '../data/format.ts';
import { criteriaYears, diagnosisSpan, standardsOf, thresholdWords, verdictWords } from '../data/registry.ts';
import { inTotal, overTime, type Scope } from '../data/scope.ts';
import { judgedMetric, standingOf } from '../data/standing.ts';
import type { Address } from '../data/url.ts';
import { yearlyTable } from '../data/yearly-table.ts';
import type { Desk } from './desk.ts';
import { figureParts } from './figure-parts.ts';
import { indicatorPage } from './indicator-page.ts';
import { scopeWords } from './indicators.ts';
import { PageError, refuse } from './page-error.ts';
import { registryFigures } from './registry-figures.ts';
import { reportTable, type Part, type ReportPage, type TablePart } from './report.ts';

interface RegistryPageInput {
  readonly path: string;
  readonly address: Address;
  readonly scope: Scope;
}

/** The page of the registry that the workspace says it holds. @throws PageError where a part of the address cannot be followed */
export const registryPage = (desk: Desk, input: RegistryPageInput): Promise<ReportPage> =>
  desk.release.registryKind === 'central' ? centralPage(desk, input) : hospitalPage(desk, input);

/** What a chart is split by: what the address asks for, else the first there is. @throws PageError of one there is not */
const splitOf = (address: Address, metric: Metric, offered: readonly string[]): string | null => {
  const splits = offered.filter((id) => metric.dimensions.includes(id));
  refuse(
    address.by !== null && !splits.includes(address.by)
      ? [
          `${metric.label} is not split by that dimension here${splits.length === 0 ? '' : `; it can be by ${splits.join(', ')}`}.`,
        ]
      : [],
  );
  return address.by ?? splits[0] ?? null;
};

/** A metric over time and by one dimension. */
const chartsOf = async (
  desk: Desk,
  scope: Scope,
  metric: Metric,
  { grain, by, title }: { readonly grain: 'month' | 'year'; readonly by: string | null; readonly title: string },
): Promise<readonly Part[]> => {
  if (unfit(metric, scope.where).length > 0) return [];
  const { catalogue } = desk;
  const answer = await desk.values(overTime(scope, [metric], grain));
  const standing = standingOf(await desk.standings([metric.id], scope.where), metric);
  const shared = { catalogue, scope, metric: judgedMetric(metric, standing) };
  const ranking =
    by === null
      ? []
      : figureParts(rankingFigure({ ...shared, by, answer: await desk.values(rankingQuestion(scope, metric, by)) }));
  return [...figureParts(trendFigure({ ...shared, answer, grain, title, height: 250 })), ...ranking];
};

const hospitalPage = async (desk: Desk, input: RegistryPageInput): Promise<ReportPage> => {
  const { address, scope } = input;
  const metrics = desk.catalogue.metrics.filter(
    (one) =>
      one.page === 'registry' &&
      one.grains.includes('month') &&
      (one.unit === 'count' ? one.take === 'last' : one.better !== 'neither'),
  );
  const lede = 'A hospital registry: the cases this hospital first saw or treated, not the population of an area.';
  const page = await indicatorPage(desk, { ...input, title: 'Registry', lede, metrics });
  const timely = findMetric(desk.catalogue, 'abstracted_in_6_months');
  const by = timely === null ? null : splitOf(address, timely, ['facility', 'site', 'class_of_case']);
  const charts =
    timely === null ? [] : await chartsOf(desk, scope, timely, { grain: 'month', by, title: timely.label });
  return { ...page, parts: [...page.parts, ...charts, ...(await registryFigures(desk, address.registry))] };
};

/** The criteria of the years asked for, else of the newest: criteria down, standards across. */
const criteriaPart = async (desk: Desk, { where }: Scope): Promise<readonly TablePart[]> => {
  const criteria = await desk.criteria();
  const standards = standardsOf(criteria);
  const all = criteriaYears(criteria);
  const wanted = where.diagnosis_year ?? [];
  const years = wanted.length > 0 ? all.filter(({ year }) => wanted.includes(String(year))) : all.slice(0, 1);
  if (years.length === 0) return [];
  const text = (words: string) => ({ text: words, raw: words });
  const rows = years.flatMap(({ year, rows: own }) =>
    own.map(({ label, numerator, denominator, share, verdicts }) => ({
      group: `Diagnosed ${year}`,
      cells: [
        { text: String(year), raw: year },
        text(label),
        { text: share, raw: numerator === null || !denominator ? null : numerator / denominator },
        { text: formatCount(numerator), raw: numerator },
        { text: formatCount(denominator), raw: denominator },
        ...verdicts.map((verdict) =>
          verdict === null
            ? { text: '', raw: null }
            : {
                ...{ text: verdictWords(verdict), raw: verdictWords(verdict), small: thresholdWords(verdict) },
                ...(verdict.isMet === false ? { tone: 'concern' as const } : {}),
              },
        ),
      ],
    })),
  );
  const note =
    'By year of diagnosis, on malignant cases and in situ of the bladder; edits are our own, so run GenEDITS for the official ones. Receivers judge for themselves: this table is no certificate.';
  return [
    {
      ...{ kind: 'table', title: 'Certification criteria', note },
      table: {
        columns: [
          { label: 'Year', numeric: false, only: 'data' },
          { label: 'Criterion', numeric: false },
          ...['This registry', 'Cases', 'Of'].map((label) => ({ label, numeric: true })),
          ...standards.map(({ label }) => ({ label, numeric: false })),
        ],
        ...{ rows, foot: null, claimed: rows.length },
      },
    },
  ];
};

/** The quality of cases by year of diagnosis. */
const qualityPart = async (desk: Desk, scope: Scope, metrics: readonly Metric[]): Promise<readonly TablePart[]> => {
  const fitting = metrics.filter((metric) => unfit(metric, scope.where).length === 0);
  if (fitting.length === 0) return [];
  const total = await desk.values(inTotal(scope, fitting));
  const yearly = await desk.values(overTime(scope, fitting, 'year'));
  const hidden = metrics.filter((one) => !fitting.includes(one)).map(({ label }) => label.toLowerCase());
  const left = hidden.length === 0 ? '' : `; not kept by these filters: ${hidden.join(', ')}`;
  const note = `By year of diagnosis (of a death, its own year), in brackets the 95 % interval${left}`;
  const table = reportTable(yearlyTable(fitting, total.rows, yearly.rows));
  return table.rows.length === 0 ? [] : [{ kind: 'table', title: 'Quality of the cases', note, table }];
};

const casesByYear = async (desk: Desk, scope: Scope, metric: Metric): Promise<readonly Part[]> => {
  const { catalogue } = desk;
  const answer =
    unfit(metric, scope.where).length === 0 ? await desk.values(columnsQuestion(scope, metric, 'year')) : null;
  const words = {
    title: 'Cases by year',
    note: 'Abstracts by year of diagnosis · all years there are',
    none: 'No cases yet.',
  };
  return figureParts(columnsFigure({ catalogue, scope, metric, answer, grain: 'year', ...words }));
};

const centralPage = async (desk: Desk, { path, address, scope: asked }: RegistryPageInput): Promise<ReportPage> => {
  const { catalogue } = desk;
  // A year of diagnosis is complete two years later only: the page looks at all of them, and filters by year.
  const scope = { ...asked, span: diagnosisSpan(catalogue, asked.span) };
  const cases = findMetric(catalogue, 'cancer_cases');
  const metrics = catalogue.metrics.filter(
    (one) => one.page === 'central-registry' && one.unit !== 'count' && one.grains.includes('year'),
  );
  if (cases === null) throw new PageError(['This release has no metric of a central registry.']);
  refuse(
    address.show !== null && !metrics.some(({ id }) => id === address.show)
      ? ['The indicator that the address draws is none of this page.']
      : [],
  );
  const drawn = metrics.find(({ id }) => id === address.show) ?? metrics[0] ?? null;
  const by = drawn === null ? null : splitOf(address, drawn, ['site', 'cancer_site', 'facility']);
  const charts =
    drawn === null ? [] : await chartsOf(desk, scope, drawn, { grain: 'year', by, title: `${drawn.label}, by year` });
  return {
    ...{ address: path, title: 'Registry', words: scopeWords(desk, scope, { compare: 'none' }), headline: null },
    lines: [
      'A central registry: the cases of a population, by year of diagnosis. Cases of the last two years still arrive; registries submit a year 23 months after its end.',
    ],
    parts: [
      ...(await criteriaPart(desk, scope)),
      ...(await qualityPart(desk, scope, metrics)),
      ...charts,
      ...(await casesByYear(desk, scope, cases)),
      ...(await registryFigures(desk, address.registry)),
    ],
    metrics: [...metrics, cases].map(({ id }) => id),
  };
};
