import * as Plot from '@observablehq/plot';
import { formatCount } from '../data/format.ts';
import type { Stage } from '../data/reconciliation.ts';
import { frame, ink, type Drawing } from './drawing.ts';

const colours: Readonly<Record<Stage['kind'], string>> = { total: ink.common, loss: ink.concern, part: ink.accent };

const words = (stage: Stage): string => `${stage.label}: ${formatCount(stage.to - stage.from)}`;

/** Where the rows of a batch went, stage by stage: losses hang from what was left, parts stack up to what was accepted. */
export const waterfall = (stages: readonly Stage[], label: string, width: number): Drawing => ({
  options: {
    ...frame(width, stages.length * 26 + 8, label),
    marginLeft: 92,
    marginRight: 76,
    marginTop: 4,
    marginBottom: 4,
    x: { axis: null, domain: [0, Math.max(1, ...stages.map((stage) => stage.to))] },
    y: { type: 'band', domain: stages.map((stage) => stage.label), label: null, tickSize: 0, padding: 0.3 },
    marks: [
      // A loss of a few among many thousands would vanish: every bar is at least two pixels wide.
      Plot.barX(stages, {
        x1: 'from',
        x2: 'to',
        y: 'label',
        fill: (stage: Stage) => colours[stage.kind],
        insetLeft: -1,
        insetRight: -1,
        rx: 1.5,
      }),
      Plot.text(stages, {
        y: 'label',
        frameAnchor: 'right',
        textAnchor: 'end',
        dx: 70,
        text: (stage: Stage) => (stage.kind === 'loss' ? '−' : '') + formatCount(stage.to - stage.from),
        fill: (stage: Stage) => (stage.kind === 'loss' ? ink.concern : ink.strong),
      }),
    ],
  },
  spots: stages.map((stage) => ({ x: stage.to, y: stage.label, words: words(stage) })),
  table: {
    columns: [
      { label: 'Stage', numeric: false },
      { label: 'Rows', numeric: true },
    ],
    rows: stages.map((stage) => [
      { text: stage.label, raw: stage.label },
      { text: formatCount(stage.to - stage.from), raw: stage.to - stage.from },
    ]),
  },
});
