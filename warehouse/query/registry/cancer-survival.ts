import { UserError } from '../../error.ts';
import type { Reader } from '../../open.ts';
import { lifeTable, type LifeTable } from '../../statistics/population-life-table.ts';
import type { ColumnTable } from '../column-table.ts';
import { registryBasis, type Named, type RegistryBasis, type SiteRecode } from './basis.ts';
import { cohortOf, lifeTableRows, survivalAges, type Cohort, type CohortCase } from './cohort.ts';
import { booleans, numbers, texts } from './columns.ts';
import { provenanceOf, type Provenance } from './provenance.ts';
import { refuseUnknown } from './rates-view.ts';
import { notConfigured, siteRecodeOf } from './resolve-rates.ts';
import { survivalPoints, type GroupCurve, type SurvivalPoint } from './survival-points.ts';
import type { CancerSurvivalView } from './survival-view.ts';
import { fewestCases, withheldGroups, withheldWords, type Withheld } from './withhold.ts';

/** What a question about survival was answered with. */
export interface CancerSurvivalAnswer {
  readonly release: string;
  readonly asked: CancerSurvivalView;
  readonly level: number;
  /** Cases of the question that are not watched, by the reason `mart.survival_case` gives, `not_first` and `not_in_life_table`. */
  readonly excluded: Readonly<Record<string, number>>;
  /** Cases that lived, or would have lived, in a year the life table does not have: such years take the nearest it has. */
  readonly outOfLifeTable: number;
  readonly suppression: { readonly below: number; readonly words: Readonly<Record<Withheld, string>> };
  readonly provenance: Provenance;
  /**
   * One row per group and whole month from 0, until the months asked for or until nobody is left; a group withheld has one
   * row alone. Columns: the dimension asked (text; null is not known), label, months, survival (0–1; relative survival may
   * lie above), lower, upper, at_risk (still under watch then) with
   * at_risk_reason, observed and expected (of relative survival), suppressed,
   * reason. Survival of fewer than 16 cases is null, of all or at the start of that month, as is at_risk of fewer, and one
   * that another group's could be worked out from.
   */
  readonly table: ColumnTable;
}

/**
 * Survival of a cohort from one release.
 *
 * @throws UserError naming what the release lacks, or a value it does not have
 */
export const cancerSurvival = async (
  reader: Reader,
  view: CancerSurvivalView,
  signal?: AbortSignal,
): Promise<CancerSurvivalAnswer> => {
  const basis = await registryBasis(reader);
  const siteRecode = resolve(basis, view);
  const connection = await reader.connect();
  try {
    const cohort = await cohortOf(connection, view, siteRecode?.scheme ?? null, signal);
    const table = view.measure === 'relative' ? lifeTable(await lifeTableRows(connection)) : null;
    return answered(basis, siteRecode, view, cohort, table);
  } finally {
    connection.closeSync();
  }
};

/** The question held against what the release has. */
const resolve = (basis: RegistryBasis, view: CancerSurvivalView): SiteRecode | null => {
  if (view.measure === 'cause-specific')
    throw new UserError(
      'Cause-specific survival is not known: the abstracts tell the cause of death, not whether it was this cancer.',
      {
        mend: "SEER's cause-of-death classification is no configured table; ask for observed or relative survival.",
      },
    );
  if (basis.survivalCases === 0)
    throw new UserError('No case of this release can be watched for survival.', {
      mend:
        basis.cutoff === null
          ? 'Nothing says up to when the abstracts speak: set `survival_cutoff_year` under `metric_settings` in himsight.yaml.'
          : 'Survival needs malignant cases with dates of diagnosis and last contact, and vital status.',
    });
  if (view.measure === 'relative' && basis.lifeTable === null)
    throw notConfigured('life_table', 'Relative survival needs a life table of the population');
  const siteRecode = siteRecodeOf(basis, view.recode, usesSite(view));
  if (siteRecode !== null) refuse('site', view.where.site, siteRecode.groups);
  refuseUnknown('sex', view.where.sex, ['1', '2']);
  refuseUnknown('race', view.where.race, ['white', 'black', 'other', '']);
  refuse('age', view.where.age, survivalAges);
  refuse('stage', view.where.stage, [...basis.stages, { value: '' }]);
  return siteRecode;
};

const usesSite = ({ by, where }: CancerSurvivalView): boolean => by === 'site' || where.site.length > 0;

const refuse = (key: string, values: readonly string[], has: readonly { readonly value: string }[]): void =>
  refuseUnknown(
    key,
    values,
    has.map(({ value }) => value),
  );

interface Group extends GroupCurve {
  readonly value: string | null;
  readonly label: string;
}

const answered = (
  basis: RegistryBasis,
  siteRecode: SiteRecode | null,
  view: CancerSurvivalView,
  cohort: Cohort,
  table: LifeTable | null,
): CancerSurvivalAnswer => {
  const matched = table === null ? cohort.cases : cohort.cases.flatMap((one) => inLifeTable(one, table, basis));
  const missing = cohort.cases.length - matched.length;
  const order = orderOf(basis, siteRecode, view);
  const byGroup = Map.groupBy(matched, ({ group }) => group);
  const groups = [...byGroup]
    .map(([value, cases]): Group => ({
      value,
      label: labelOf(order, value, view),
      ...survivalPoints(cases, view, table),
    }))
    .sort((a, b) => placeOf(order, a.value) - placeOf(order, b.value));
  const outOfLifeTable = groups.reduce((sum, { outOfYears }) => sum + outOfYears, 0);
  const lives = basis.lifeTable;
  return {
    release: basis.release,
    asked: { ...view, recode: siteRecode?.scheme ?? null },
    level: 0.95,
    excluded: { ...cohort.excluded, ...(missing === 0 ? {} : { not_in_life_table: missing }) },
    outOfLifeTable,
    suppression: { below: fewestCases, words: withheldWords },
    provenance: provenanceOf(basis, {
      method: methodWords(view),
      siteRecode: siteRecode === null || !usesSite(view) ? null : `SEER site recode ${siteRecode.scheme}`,
      lifeTable:
        view.measure !== 'relative' || lives === null
          ? null
          : `life table ${lives.firstYear} to ${lives.lastYear} by ${lives.races.includes('all') ? 'age, sex and year' : 'age, sex, race and year'}` +
            (outOfLifeTable === 0 ? '' : `, ${outOfLifeTable} cases beyond its years by the nearest`),
      cutoff: basis.cutoff,
    }),
    table: tableOf(view, groups),
  };
};

/** The case under the race its life table has for it; none where it has none. */
const inLifeTable = (one: CohortCase, table: LifeTable, { lifeTable: lives }: RegistryBasis): readonly CohortCase[] => {
  const race = lives?.races.includes('all') === true ? 'all' : one.race;
  return table.of(one.sex, race) === null ? [] : [{ ...one, race }];
};

/** How the survival was made, in the words of the field. */
const methodWords = ({ measure, method, expected, tumors, presumedAlive }: CancerSurvivalView): string => {
  const observed = method === 'actuarial' ? 'actuarial, by months' : 'Kaplan–Meier, by months';
  return [
    measure === 'relative'
      ? `Relative survival, observed (${observed}) by expected, ${expected === 'ederer-2' ? 'Ederer II' : 'Ederer I'}`
      : `Observed survival, ${observed}`,
    'log(−log) 95 % limits',
    tumors === 'first' ? 'first tumors' : 'all tumors',
    ...(presumedAlive ? ['presumed alive'] : []),
  ].join('; ');
};

/** The values of the dimension in the order they are shown. */
const orderOf = (
  { stages }: RegistryBasis,
  siteRecode: SiteRecode | null,
  { by }: CancerSurvivalView,
): readonly Named[] => {
  switch (by) {
    case 'site':
      return siteRecode?.groups ?? [];
    case 'stage':
      return stages;
    case 'age':
      return survivalAges.map(({ value }) => ({ value, label: value.replace('-', '–') }));
    case 'sex':
      return [
        { value: '1', label: 'Male' },
        { value: '2', label: 'Female' },
      ];
    case 'race':
      return ['White', 'Black', 'Other'].map((label) => ({ value: label.toLowerCase(), label }));
    case null:
      return [];
  }
};

const placeOf = (order: readonly Named[], value: string | null): number => {
  const place = order.findIndex((named) => named.value === value);
  return place < 0 ? order.length + (value === null ? 1 : 0) : place;
};

const labelOf = (order: readonly Named[], value: string | null, { by }: CancerSurvivalView): string => {
  if (by === null) return 'All';
  if (value === null) return 'Not known';
  return order.find((named) => named.value === value)?.label ?? 'Not classified by the recode';
};

interface Row {
  readonly group: Group;
  readonly point: SurvivalPoint;
  readonly withheld: Withheld | null;
  readonly atRiskWithheld: Withheld | null;
}

const tableOf = ({ by }: CancerSurvivalView, groups: readonly Group[]): ColumnTable => {
  const rows = rowsOf(groups);
  const each = (name: string, of: (point: SurvivalPoint) => number | null) =>
    numbers(
      name,
      rows.map(({ point, withheld }) => (withheld === null ? of(point) : null)),
    );
  return {
    rows: rows.length,
    columns: [
      ...(by === null
        ? []
        : [
            texts(
              by,
              rows.map(({ group }) => group.value),
            ),
          ]),
      texts(
        'label',
        rows.map(({ group }) => group.label),
      ),
      numbers(
        'months',
        rows.map(({ point }) => point.months),
      ),
      each('survival', ({ survival }) => survival),
      each('lower', ({ lower }) => lower),
      each('upper', ({ upper }) => upper),
      numbers(
        'at_risk',
        rows.map(({ point, atRiskWithheld }) => (atRiskWithheld === null ? point.atRisk : null)),
      ),
      texts(
        'at_risk_reason',
        rows.map(({ atRiskWithheld }) => atRiskWithheld && withheldWords[atRiskWithheld]),
      ),
      each('observed', ({ observed }) => observed),
      each('expected', ({ expected }) => expected),
      booleans(
        'suppressed',
        rows.map(({ withheld }) => withheld !== null),
      ),
      texts(
        'reason',
        rows.map(({ withheld }) => withheld && withheldWords[withheld]),
      ),
    ],
  };
};

const rowsOf = (groups: readonly Group[]): readonly Row[] => {
  const whole = withheldGroups(groups.map(({ n }) => n));
  // Numbers at risk add up over the groups too, month by month.
  const last = Math.max(0, ...groups.map(({ points }) => points.length - 1));
  const atRisk = Array.from({ length: last + 1 }, (_, month) =>
    withheldGroups(
      groups.map(({ points }) => points[month]?.atRisk ?? 0),
      { showZero: true },
    ),
  );
  return groups.flatMap((group, i): readonly Row[] => {
    const withheld = whole[i] ?? null;
    const start = group.points[0]!;
    if (withheld !== null) return [{ group, point: start, withheld, atRiskWithheld: withheld }];
    return group.points.map((point, month) => ({
      ...{ group, point },
      withheld: point.entered < fewestCases ? 'few' : null,
      atRiskWithheld: atRisk[month]![i] ?? null,
    }));
  });
};
