import * as Plot from '@observablehq/plot';
import type { BridgeStep, DnfbBridge } from '../data/bridge.ts';
import { formatValue } from '../data/format.ts';
import { frame, ink, type Drawing } from './drawing.ts';
import { fitted, labelRow, labelWidth } from './label.ts';

const colours: Readonly<Record<BridgeStep['kind'], string>> = {
  stock: ink.accent,
  in: ink.common,
  out: ink.lineStrong,
};

const money = (value: number): string => formatValue(value, 'dollars');

/** A stock as it is, a flow with its sign. */
const amount = ({ kind, value }: BridgeStep): string => (kind !== 'stock' && value > 0.005 ? '+' : '') + money(value);

/** From the stock at the start over what came and went to the stock at the end; as a table, by owner. */
export const bridgeChart = (
  { owners, steps }: DnfbBridge,
  nameOf: (owner: string | null) => string,
  label: string,
  width: number,
): Drawing => {
  const left = labelWidth(
    steps.map((step) => step.label),
    width * 0.36,
  );
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  return {
    options: {
      ...frame(width, steps.length * labelRow + 8, label),
      marginLeft: left,
      marginRight: 72,
      marginTop: 4,
      marginBottom: 4,
      x: { axis: null, domain: [Math.min(0, ...ends), Math.max(1, ...ends)] },
      y: {
        type: 'band',
        domain: steps.map((step) => step.label),
        label: null,
        tickSize: 0,
        tickFormat: (name: string) => fitted(name, left),
        padding: 0.3,
      },
      marks: [
        // A flow of little would vanish: every bar is at least two pixels wide.
        Plot.barX(steps, {
          x1: 'from',
          x2: 'to',
          y: 'label',
          fill: (step: BridgeStep) => colours[step.kind],
          insetLeft: -1,
          insetRight: -1,
          rx: 1.5,
        }),
        // What stands after each step leads the eye to the next.
        Plot.ruleX(steps.slice(0, -1), {
          x: 'to',
          y1: 'label',
          y2: (step: BridgeStep) => steps[steps.indexOf(step) + 1]?.label ?? step.label,
          stroke: ink.common,
          strokeWidth: 1,
        }),
        ...[true, false].map((isStock) =>
          Plot.text(
            steps.filter(({ kind }) => (kind === 'stock') === isStock),
            {
              y: 'label',
              frameAnchor: 'right',
              textAnchor: 'end',
              dx: 68,
              text: amount,
              fill: ink.strong,
              fontWeight: isStock ? 600 : 400,
            },
          ),
        ),
      ],
    },
    spots: steps.map((step) => ({ x: step.to, y: step.label, words: `${step.label}: ${amount(step)}` })),
    table: {
      columns: [
        { label: 'Step', numeric: false },
        { label: 'All', numeric: true },
        ...owners.map((owner) => ({ label: nameOf(owner), numeric: true })),
      ],
      rows: steps.map((step) => [
        { text: step.label, raw: step.label },
        { text: amount(step), raw: step.value },
        ...step.parts.map((part) => ({ text: money(part), raw: part })),
      ]),
    },
  };
};
