import * as Plot from '@observablehq/plot';
import { formatCount, formatValue } from '../data/format.ts';
import type { JourneyStep } from '../data/journey.ts';
import { frame, ink, type Drawing } from './drawing.ts';
import { fitted, labelRow, labelWidth } from './label.ts';

const weight = (value: number): string => formatValue(value, 'weight', 1);
const net = ({ gain, loss }: JourneyStep): string => `${gain > loss ? '+' : ''}${weight(gain - loss)}`;

/** Weight gained to the right of zero and lost to its left, step by step from the top; at the end what is left of both. */
export const journey = (steps: readonly JourneyStep[], label: string, width: number): Drawing => {
  const left = labelWidth(
    steps.map((step) => step.label),
    width * 0.36,
  );
  const most = Math.max(0.1, ...steps.flatMap(({ gain, loss }) => [gain, loss]));
  return {
    options: {
      ...frame(width, steps.length * labelRow + 34, label),
      marginLeft: left,
      marginRight: 64,
      marginTop: 24,
      marginBottom: 4,
      x: { axis: null, domain: [-most * 1.25, most * 1.25] },
      y: {
        type: 'band',
        domain: steps.map((step) => step.label),
        label: null,
        tickSize: 0,
        tickFormat: (name: string) => fitted(name, left),
        padding: 0.3,
      },
      marks: [
        Plot.barX(steps, { x1: 0, x2: 'gain', y: 'label', fill: ink.accent, rx: 1.5 }),
        Plot.barX(steps, { x1: 0, x2: (step: JourneyStep) => -step.loss, y: 'label', fill: ink.common, rx: 1.5 }),
        Plot.ruleX([0], { stroke: ink.lineStrong }),
        Plot.text(steps, {
          x: 'gain',
          y: 'label',
          text: (step: JourneyStep) => weight(step.gain),
          textAnchor: 'start',
          dx: 5,
          fill: ink.soft,
        }),
        Plot.text(steps, {
          x: (step: JourneyStep) => -step.loss,
          y: 'label',
          text: (step: JourneyStep) => weight(step.loss),
          textAnchor: 'end',
          dx: -5,
          fill: ink.soft,
        }),
        Plot.text(steps, {
          y: 'label',
          frameAnchor: 'right',
          textAnchor: 'end',
          dx: 60,
          text: net,
          fill: ink.strong,
          fontWeight: 600,
        }),
        Plot.text(
          [
            { x: -most * 0.6, name: 'lost' },
            { x: most * 0.6, name: 'gained' },
          ],
          { x: 'x', frameAnchor: 'top', dy: -16, text: 'name', fill: ink.faint },
        ),
        Plot.text(['net'], { frameAnchor: 'top-right', textAnchor: 'end', dx: 60, dy: -20, fill: ink.faint }),
      ],
    },
    spots: steps.map((step) => ({
      x: step.gain,
      y: step.label,
      words: `${step.label}: gained ${weight(step.gain)}, lost ${weight(step.loss)}, net ${net(step)}`,
    })),
    table: {
      columns: [
        { label: 'Step', numeric: false },
        { label: 'Gained', numeric: true },
        { label: 'Lost', numeric: true },
        { label: 'Net', numeric: true },
        { label: 'Records', numeric: true },
      ],
      rows: steps.map((step) => [
        { text: step.label, raw: step.label },
        { text: weight(step.gain), raw: step.gain },
        { text: weight(step.loss), raw: step.loss },
        { text: net(step), raw: step.gain - step.loss },
        { text: formatCount(step.records), raw: step.records },
      ]),
    },
  };
};
