import * as Plot from '@observablehq/plot';
import type { Remark } from '../data/annotation.ts';
import type { IsoDate } from '../data/period.ts';
import { ink } from './drawing.ts';
import { at } from './trend-point.ts';

/** Pixels: half a mark, and how far apart two must be to stand side by side. */
const radius = 7;
const apart = 2 * radius + 2;

interface RemarkMarksInput {
  readonly remarks: readonly Remark[];
  /** Of the points drawn, ascending. */
  readonly periods: readonly IsoDate[];
  /** Pixels between the first point and the last. */
  readonly plotWidth: number;
}

interface Mark {
  readonly period: IsoDate;
  readonly text: string;
  readonly isRebase: boolean;
  /** Pixels from the top of the frame. */
  readonly dy: number;
}

/** One mark a period, with the numbers of all that was said of it; where the next one is near it stands a step lower. */
const marksOf = ({ remarks, periods, plotWidth }: RemarkMarksInput): readonly Mark[] => {
  const step = plotWidth / Math.max(1, periods.length - 1);
  const marks: Mark[] = [];
  for (const [period, group] of Map.groupBy(remarks, (one) => one.period)) {
    const place = periods.indexOf(period);
    if (place < 0) continue;
    const before = marks.at(-1);
    const isNear = before !== undefined && (place - periods.indexOf(before.period)) * step < apart;
    const numbers = group.map(({ number }) => number);
    marks.push({
      period,
      text: numbers.length < 3 ? numbers.join('·') : `${numbers[0]}–${numbers.at(-1)}`,
      isRebase: group.some(({ isRebase }) => isRebase),
      dy: isNear && before.dy < 0 ? radius + 1 : 1 - radius,
    });
  }
  return marks;
};

/** Numbers along the top, each with a line down its point: a full disc and an unbroken line where limits begin anew. */
export const remarkMarks = (input: RemarkMarksInput): readonly Plot.Markish[] =>
  marksOf(input).flatMap(({ period, text, isRebase, dy }) => {
    const place = { x: [at(period)], frameAnchor: 'top', dy } as const;
    return [
      Plot.ruleX([at(period)], {
        stroke: isRebase ? ink.accent : ink.lineStrong,
        strokeDasharray: isRebase ? 'none' : '2 3',
        className: 'remark',
      }),
      Plot.dot([period], {
        ...place,
        r: radius + (text.length > 1 ? 3 : 0),
        fill: isRebase ? ink.accent : ink.paper,
        stroke: ink.accent,
      }),
      Plot.text([text], {
        ...place,
        lineAnchor: 'middle',
        fill: isRebase ? ink.paper : ink.strong,
        fontSize: 10,
        fontWeight: 600,
      }),
    ];
  });
