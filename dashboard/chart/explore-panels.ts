import type { Row } from '../data/answer.ts';
import { dimensionLabel, isOrdered, type Metric } from '../data/catalogue.ts';
import { areShares } from '../../warehouse/statistics/control-series.ts';
import { restLabel, type Group } from '../data/explore-group.ts';
import { addsUp, chartNames } from '../data/explore-shape.ts';
import { sinceWords } from '../data/explore-words.ts';
import { formatPeriod, formatValue } from '../data/format.ts';
import { bars } from './bars.ts';
import {
  inGroup,
  noteOf,
  nothing,
  pickByLabel,
  prepared,
  restRows,
  splitNote,
  stockNote,
  type ExplorePanel,
  type Facet,
  type PanelsInput,
  type Prepared,
} from './explore-facet.ts';
import { overTime } from './explore-over-time.ts';
import { funnel } from './funnel.ts';
import { heatMap } from './heat-map.ts';
import { ranking } from './ranking.ts';
import { daysToShow } from './survival-steps.ts';
import { survivalCurve } from './survival.ts';

const barPanel = (input: Prepared, facet: Facet): ExplorePanel => {
  const { metric, rows } = facet;
  const { catalogue, scope, split } = input;
  const first = scope.view.rows === null ? '' : dimensionLabel(catalogue, scope.view.rows);
  const isCount = addsUp(metric);
  // Counts with the most first, anything else with the worst, unless the values have an order of their own.
  const sign = !isCount && metric.better === 'higher' ? 1 : -1;
  const drawn = split.drawn.flatMap((group) => {
    const [row] = inGroup(input, group, rows);
    return row === undefined ? [] : [{ ...row, label: group.label }];
  });
  const own = isOrdered(scope.view.rows ?? '')
    ? drawn
    : drawn.toSorted(
        (a, b) => Number(a.value === null) - Number(b.value === null) || sign * ((a.value ?? 0) - (b.value ?? 0)),
      );
  const rest = restRows(input, facet).map((row) => ({ ...row, label: restLabel(split.rest) }));
  const items = [...own, ...rest];
  const { label, unit, better } = metric;
  const target = metric.target?.value ?? null;
  const since = sinceWords(scope);
  const compared =
    since === '' ? undefined : { since, values: new Map(own.map((item) => [item.label, item.compareValue])) };
  const isSum = isCount && items.every(({ value }) => (value ?? 0) >= 0);
  return {
    title: input.titleOf(facet),
    note: noteOf(
      stockNote(input, metric),
      splitNote(input, metric),
      compared === undefined ? '' : `dashed tick: ${since}`,
      items.some(({ lower }) => lower !== null)
        ? `line: interval${target === null ? '' : ', coloured where all of it lies on one side of the target'}`
        : '',
    ),
    drawing: items.some(({ value }) => value !== null)
      ? (width) =>
          isSum
            ? bars({ items, label, first, unit, compared, width })
            : ranking({ items, label, first, unit, better, target, compared, width, most: items.length })
      : null,
    empty: nothing,
    pickOf: ({ y }) => pickByLabel(input, String(y)),
    isOverTime: false,
  };
};

const heatPanel = (input: Prepared, metric: Metric): ExplorePanel => {
  const { catalogue, scope, split, periods, facets } = input;
  const { rows: down, columns: across, grain } = scope.view;
  const isTime = grain !== null;
  const columns = isTime
    ? periods.map((period) => ({ key: period, label: formatPeriod(period, grain) }))
    : facets
        .filter((facet) => facet.metric === metric)
        .map(({ column }) => ({ key: column?.value ?? null, label: column?.label ?? '' }));
  const keyOf = (row: Row) => (isTime ? row.period : (row.group[across ?? ''] ?? null));
  const names = new Map(columns.map(({ key, label }) => [key, label]));
  const rows = facets.filter((facet) => facet.metric === metric).flatMap((facet) => facet.rows);
  const cells = split.drawn.flatMap((group) =>
    inGroup(input, group, rows).flatMap((row) => {
      const column = names.get(keyOf(row));
      if (row.value === null || column === undefined) return [];
      const words = `${group.label}, ${column}: ${formatValue(row.value, metric.unit)}`;
      return [{ row: group.label, column, value: row.value, words }];
    }),
  );
  const low = addsUp(metric) ? 0 : Math.min(...cells.map(({ value }) => value));
  return {
    title: metric.label,
    note: noteOf(
      stockNote(input, metric),
      splitNote(input, metric),
      addsUp(metric) ? 'stronger colour: more' : 'stronger colour: higher',
    ),
    drawing:
      cells.length === 0
        ? null
        : (width) =>
            heatMap({
              ...{
                rows: split.drawn.map(({ label }) => label),
                columns: columns.map(({ label }) => label),
                cells,
                low,
                width,
              },
              label: `${metric.label}, ${chartNames.heat.toLowerCase()}`,
              rowLabel: dimensionLabel(catalogue, down ?? ''),
              columnLabel: isTime ? 'Period' : dimensionLabel(catalogue, across ?? ''),
              valueLabel: metric.label,
              format: (value) => formatValue(value, metric.unit),
            }),
    empty: nothing,
    pickOf: ({ y }) => pickByLabel(input, String(y)),
    isOverTime: false,
  };
};

/** Fewer points say nothing of what they have in common. */
const leastUnits = 5;

const funnelPanel = (input: Prepared, facet: Facet): ExplorePanel => {
  const { metric, rows } = facet;
  const { catalogue, scope, split } = input;
  const known = rows.filter(({ denominator }) => (denominator ?? 0) > 0);
  const dimension = scope.view.rows ?? '';
  const all = [...split.drawn, ...split.rest];
  const labelOf = (row: Row) => all.find(({ value }) => value === (row.group[dimension] ?? null))?.label ?? '';
  const units = known.map((row) => ({ label: labelOf(row), count: row.numerator ?? 0, n: row.denominator ?? 0 }));
  const name = dimensionLabel(catalogue, dimension).toLowerCase();
  const { label, better } = metric;
  const isDrawn = known.length >= leastUnits && areShares(metric.unit, known);
  return {
    title: input.titleOf(facet),
    note: `One point a ${name}; within the lines it differs from the others no more than chance and what all have in common explain`,
    drawing: isDrawn
      ? (width) =>
          funnel({ units, of: 'cases behind the share', label, better, limits: 'adjusted', width, height: 360 })
      : null,
    empty: `A funnel of ${label} needs shares of counts, and at least ${leastUnits} values of ${name}.`,
    pickOf: ({ words }) => {
      const group = all.find((one) => words.startsWith(`${one.label}:`));
      return group === undefined ? null : { dimension, value: group.value };
    },
    isOverTime: false,
  };
};

const curvePanels = (input: Prepared, metric: Metric): readonly ExplorePanel[] => {
  const { scope, found, split, facets } = input;
  const dimension = scope.view.rows;
  const curves = found.curves.get(metric.id) ?? [];
  const wanted: readonly (Group | null)[] = dimension === null ? [null] : split.drawn;
  return wanted.map((group): ExplorePanel => {
    const points =
      curves.find((curve) => dimension === null || (curve.group[dimension] ?? null) === group?.value)?.points ?? [];
    const several = facets.length > 1 && group !== null ? `${metric.label}: ` : '';
    const label = group === null ? metric.label : several + group.label;
    return {
      title: label,
      note: noteOf('Kaplan–Meier: open records count for as long as they were watched', 'band: 95 % interval'),
      drawing:
        points.length === 0
          ? null
          : (width) => survivalCurve({ points, label, mark: null, days: daysToShow(points, 0), width, height: 300 }),
      empty: nothing,
      pickOf: () => (group === null || dimension === null ? null : { dimension, value: group.value }),
      isOverTime: false,
    };
  });
};

/** The charts of a view, in the order of its metrics, then of the values of its second split. */
export const explorePanels = (input: PanelsInput): readonly ExplorePanel[] => {
  const ready = prepared(input);
  const { facets, scope } = ready;
  switch (input.kind) {
    case 'lines':
    case 'panels':
      return overTime(ready);
    case 'bars':
      return facets.map((facet) => barPanel(ready, facet));
    case 'heat':
      return scope.metrics.map((metric) => heatPanel(ready, metric));
    case 'funnel':
      return facets.map((facet) => funnelPanel(ready, facet));
    case 'curve':
      return scope.metrics.flatMap((metric) => curvePanels(ready, metric));
    case 'figures':
      return [];
  }
};
