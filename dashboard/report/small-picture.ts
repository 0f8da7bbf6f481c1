import { bullet } from '../chart/bullet.ts';
import { ink } from '../chart/drawing.ts';
import { assuranceBand, signalIconSize, variationIcon } from '../chart/signal-icon.ts';
import { sparkline } from '../chart/sparkline.ts';
import { formatInterval, formatTarget, formatValue } from '../data/format.ts';
import { bulletRange, sparkRange, type Indicator } from '../data/indicator.ts';
import { assuranceWords, variationWords, type Signal } from '../data/signal.ts';
import type { Picture } from './report.ts';

/** Points that a bullet or a sparkline takes on paper. */
const points = 58;

const svgOf = (width: number, height: number, shapes: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" fill="none">${shapes.join('')}</svg>`;

const line = (x1: number, x2: number, y1: number, y2: number, stroke: string, width: number, more = ''): string =>
  `<line x1="${x1}" x2="${x2}" y1="${y1}" y2="${y2}" stroke="${stroke}" stroke-width="${width}" ${more}/>`;

/** The latest value on its interval, and its target: the geometry of the screen's bullet. */
export const bulletPicture = (indicator: Indicator): Picture => {
  const [width, height, middle] = [150, 18, 9];
  const { latest, metric } = indicator;
  const target = metric.target?.value ?? null;
  const drawn = bullet(
    latest?.value ?? 0,
    [latest?.lower ?? null, latest?.upper ?? null],
    target,
    bulletRange(indicator),
    width,
  );
  const interval = latest === null ? '' : formatInterval(latest, metric.unit);
  const round = 'stroke-linecap="round"';
  return {
    ...{ width, height, points },
    svg: svgOf(width, height, [
      line(2, width - 2, middle, middle, ink.band, 4, round),
      ...(drawn.interval ? [line(drawn.interval[0], drawn.interval[1], middle, middle, ink.soft, 2.5, round)] : []),
      ...(drawn.target === null ? [] : [line(drawn.target, drawn.target, 1, 17, ink.target, 1.5)]),
      `<circle cx="${drawn.dot}" cy="${middle}" r="4.5" fill="${ink.strong}"/>`,
    ]),
    words: [
      formatValue(latest?.value, metric.unit),
      interval === '' ? '' : `interval ${interval}`,
      target === null ? '' : `target ${formatTarget(target, metric.unit)}`,
    ]
      .filter((part) => part !== '')
      .join(', '),
  };
};

/** The past of a metric: the geometry of the screen's sparkline. */
export const sparkPicture = (indicator: Indicator): Picture => {
  const [width, height] = [150, 34];
  const { history, metric, meaning, latest } = indicator;
  const drawn = sparkline(history, sparkRange(indicator), metric.target?.value ?? null, { width, height });
  const path = (d: string, more = '') =>
    d === '' ? [] : [`<path d="${d}" stroke="${ink.common}" stroke-width="1.4" stroke-linejoin="round" ${more}/>`];
  const dot = { improvement: ink.improve, concern: ink.concern, common: ink.strong, unknown: ink.strong }[meaning];
  return {
    ...{ width, height, points },
    svg: svgOf(width, height, [
      ...(drawn.median === null ? [] : [line(0, width, drawn.median, drawn.median, ink.lineStrong, 1)]),
      ...(drawn.target === null
        ? []
        : [line(0, width, drawn.target, drawn.target, ink.target, 1, 'stroke-opacity="0.55" stroke-dasharray="3 3"')]),
      ...path(drawn.line),
      ...path(drawn.open, 'stroke-dasharray="2 2"'),
      ...(drawn.last ? [`<circle cx="${drawn.last.x}" cy="${drawn.last.y}" r="3" fill="${dot}"/>`] : []),
    ]),
    words: `${metric.label} by month, latest ${formatValue(latest?.value, metric.unit)}`,
  };
};

const variationInk = {
  'common cause': ink.spcCommon,
  improvement: ink.spcImprove,
  concern: ink.spcConcern,
  'neutral high': ink.spcNeutral,
  'neutral low': ink.spcNeutral,
} as const;
const assuranceInk = {
  'consistently passing': ink.spcImprove,
  'consistently failing': ink.spcConcern,
  inconsistent: ink.spcCommon,
} as const;

/** What the rules of control charts say of a metric: the icons of the screen, side by side. */
export const signalPicture = (signal: Signal): Picture => {
  const { variation, cause, assurance, better } = signal;
  const { width: one, height } = signalIconSize;
  const gap = 6;
  const icon = variation === null ? null : variationIcon(variation, cause);
  const colour = variation === null ? ink.faint : variationInk[variation];
  const drawn =
    icon === null
      ? [line(9, 15, 10, 10, colour, 1.2)]
      : [
          `<path d="${icon.line}" stroke="${colour}" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round"/>`,
          `<path d="${icon.mark}" fill="${colour}"/>`,
        ];
  const left = one + gap;
  const band =
    assurance === null
      ? []
      : [
          `<rect x="${left + 3}" y="${assuranceBand(assurance, better)}" width="20" height="7" rx="1.5" fill="${assuranceInk[assurance]}"/>`,
          line(left, left + one, 10, 10, ink.spcTarget, 1.5, 'stroke-dasharray="3 2"'),
        ];
  return {
    ...{ width: left + one, height, points: 27 },
    svg: svgOf(left + one, height, [...drawn, ...band]),
    words: [variationWords(signal), assuranceWords(signal)].filter((part) => part !== '').join('; '),
  };
};
