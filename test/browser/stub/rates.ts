import { tableToArrow } from '../../../warehouse/query/arrow.ts';
import type { Column } from '../../../warehouse/query/column-table.ts';
import type { RegistryBasis } from '../../../warehouse/query/registry/basis.ts';
import { booleans, numbers, texts } from '../../../warehouse/query/registry/columns.ts';
import { readRatesView } from '../../../warehouse/query/registry/rates-view.ts';
import { readCancerSurvivalView } from '../../../warehouse/query/registry/survival-view.ts';
import { withheldWords } from '../../../warehouse/query/registry/withhold.ts';

const sites = [
  { value: '20010', label: 'Lip' },
  { value: '22030', label: 'Lung and Bronchus' },
  { value: '26000', label: 'Breast' },
];

/** What the stub's registry stands on. */
export const stubBasis: Omit<RegistryBasis, 'release'> = {
  tables: [
    { basis: 'naaccr_version', name: '260', firstYear: null, lastYear: null, rows: 7000 },
    { basis: 'site_recode', name: 'SEER site recode 2023', firstYear: null, lastYear: null, rows: 82 },
    { basis: 'population', name: 'WI', firstYear: 2019, lastYear: 2025, rows: 9000 },
  ],
  naaccrVersions: ['250'],
  siteRecodes: [{ scheme: '2008', groups: sites }],
  standards: ['2000 U.S. Std Population', 'World (Segi 1960)'],
  population: { years: [2019, 2020, 2021, 2022], states: ['FL'], counties: ['001', '003'], races: ['white', 'black'] },
  lifeTable: { races: ['all'], firstYear: 1992, lastYear: 2020 },
  cutoff: '2024-12-31',
  coveredYears: [2019, 2020, 2021, 2022],
  survivalCases: 812,
  survivalYears: [2019, 2020, 2021, 2022],
  stages: [
    { value: '1', label: 'Localized' },
    { value: '7', label: 'Distant' },
  ],
};

const groups: Readonly<
  Record<string, readonly (readonly [value: string | null, label: string, rate: number | null])[]>
> = {
  year: [...['2019', '2020', '2021', '2022'].map((year, i) => [year, year, 52 + 2 * i] as const), [null, 'All', 55]],
  age: [
    ['0–64', '0–64', 12],
    ['65+', '65+', 310],
    [null, 'All', 55],
  ],
  sex: [
    ['1', 'Male', 61],
    ['2', 'Female', 49],
    [null, 'All', 55],
  ],
  race: [
    ['black', 'Black', null],
    ['white', 'White', null],
    [null, 'All', 55],
  ],
  county: [
    ['001', '001', 71],
    ['003', '003', 44],
    [null, 'All', 55],
  ],
  site: [
    ['20010', 'Lip', null],
    ['22030', 'Lung and Bronchus', 31],
    ['26000', 'Breast', 24],
    [null, 'All', 55],
  ],
};

const about = (release: string, asked: object, line: string, more: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      ...{ release, asked, level: 0.95, suppression: { below: 16, words: withheldWords } },
      provenance: { release, line: `${line} · release ${release}` },
      ...more,
    }).map(([key, value]: [string, unknown]) => [
      key,
      value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

const stream = (rows: number, columns: readonly Column[], metadata: Record<string, string>): Uint8Array =>
  tableToArrow({ rows, columns }, metadata);

/** Invented rates of whatever is asked, one group of some withheld. */
export const stubRates = (body: string, release: string): Uint8Array => {
  const asked = readRatesView(JSON.parse(body));
  const standard = asked.standard ?? '2000 U.S. Std Population';
  const rows = groups[asked.by ?? 'year']!;
  const scale = asked.where.sex.length > 0 ? 0.8 : 1;
  const of = (change: (rate: number) => number) =>
    rows.map(([, , rate]) => (rate === null ? null : change(rate * scale)));
  const limit = asked.interval === 'tiwari' ? 4 : 5;
  return stream(
    rows.length,
    [
      ...(asked.by === null
        ? []
        : [
            texts(
              asked.by,
              rows.map(([value]) => value),
            ),
          ]),
      texts(
        'label',
        rows.map(([, label]) => label),
      ),
      booleans(
        'is_total',
        rows.map(([value]) => value === null),
      ),
      numbers(
        'cases',
        of((rate) => Math.round(rate * 9)),
      ),
      numbers(
        'population',
        rows.map(() => 880_123),
      ),
      numbers(
        'crude',
        of((rate) => rate + 3),
      ),
      numbers(
        'crude_lower',
        of((rate) => rate - 1),
      ),
      numbers(
        'crude_upper',
        of((rate) => rate + 7),
      ),
      numbers(
        'rate',
        of((rate) => rate),
      ),
      numbers(
        'lower',
        of((rate) => rate - 4),
      ),
      numbers(
        'upper',
        of((rate) => rate + limit),
      ),
      numbers(
        'fitted',
        rows.map(([value], i) => (asked.by === 'year' && value !== null ? 52 + 2 * i : null)),
      ),
      booleans(
        'suppressed',
        rows.map(([, , rate]) => rate === null),
      ),
      texts(
        'reason',
        rows.map(([, , rate]) => (rate === null ? withheldWords.few : null)),
      ),
    ],
    about(
      release,
      { ...asked, standard },
      `Malignant cases, 2019 to 2022 · NAACCR version 250 · standard: ${standard}`,
      {
        unit: 'per 100,000 person-years',
        years: [2019, 2020, 2021, 2022],
        trend:
          asked.by === 'year' ? { change: 0.036, lower: 0.01, upper: 0.06, p: 0.02, years: 4, method: 'ols' } : null,
        trendUnknown: null,
        leftOut: { year: 0, place: 3, sex: 0, age: 1, group: 0 },
      },
    ),
  );
};

const curves: Readonly<Record<string, readonly (readonly [label: string, fall: number])[]>> = {
  none: [['All', 0.1]],
  sex: [
    ['Male', 0.12],
    ['Female', 0.08],
  ],
  stage: [
    ['Localized', 0.03],
    ['Distant', 0.18],
  ],
};

/** Invented survival of whatever is asked, numbers at risk withheld in the last year. */
export const stubCancerSurvival = (body: string, release: string): Uint8Array => {
  const asked = readCancerSurvivalView(JSON.parse(body));
  const points = (curves[asked.by ?? 'none'] ?? curves.none!).flatMap(([label, fall]) =>
    Array.from({ length: asked.months + 1 }, (_, months) => {
      const value = Math.max(0.05, 1 - (fall * months) / 12) * (asked.measure === 'relative' ? 1.04 : 1);
      const atRisk = Math.max(0, Math.round(812 * value - months * 3));
      return { label, months, value, atRisk: months >= asked.months - 12 ? null : atRisk };
    }),
  );
  return stream(
    points.length,
    [
      ...(asked.by === null
        ? []
        : [
            texts(
              asked.by,
              points.map(({ label }) => label),
            ),
          ]),
      texts(
        'label',
        points.map(({ label }) => label),
      ),
      numbers(
        'months',
        points.map(({ months }) => months),
      ),
      numbers(
        'survival',
        points.map(({ value }) => value),
      ),
      numbers(
        'lower',
        points.map(({ value }) => value - 0.03),
      ),
      numbers(
        'upper',
        points.map(({ value }) => value + 0.03),
      ),
      numbers(
        'at_risk',
        points.map(({ atRisk }) => atRisk),
      ),
      texts(
        'at_risk_reason',
        points.map(({ atRisk }) => (atRisk === null ? withheldWords.few : null)),
      ),
      booleans(
        'suppressed',
        points.map(() => false),
      ),
      texts(
        'reason',
        points.map(() => null),
      ),
    ],
    about(release, asked, `${asked.measure} survival, ${asked.method} · cut-off 2024-12-31`, {
      excluded: { not_first: 12 },
      outOfLifeTable: 0,
    }),
  );
};
