import * as Plot from '@observablehq/plot';
import { formatCount } from '../data/format.ts';
import type { Stage } from '../data/reconciliation.ts';
import { frame, ink, type Drawing } from './drawing.ts';
import { labelWidth } from './label.ts';

const colours: Readonly<Record<Stage['kind'], string>> = {
  total: ink.common,
  loss: ink.concern,
  part: ink.accent,
  size: ink.band,
  stand: ink.band,
};

const countOf = (stage: Stage): string => stage.text ?? formatCount(stage.to - stage.from);

const words = (stage: Stage): string => `${stage.label}: ${countOf(stage)}`;

/** Rows of whole tables may be many times what arrived: their bars are outlined, and end where the chart does. */
const isApart = ({ kind }: Stage): boolean => kind === 'size' || kind === 'stand';

/** Where the rows of a batch went, stage by stage: losses hang from what was left, parts stack up to what was accepted. */
export const waterfall = (stages: readonly Stage[], label: string, width: number): Drawing => {
  const most = Math.max(1, ...stages.filter((stage) => !isApart(stage)).map((stage) => stage.to));
  const end = (stage: Stage) => (stage.kind === 'size' ? most : Math.min(most, stage.to));
  return {
    options: {
      ...frame(width, stages.length * 26 + 8, label),
      marginLeft: labelWidth(
        stages.map((stage) => stage.label),
        190,
      ),
      marginRight: 84,
      marginTop: 4,
      marginBottom: 4,
      x: { axis: null, domain: [0, most] },
      y: { type: 'band', domain: stages.map((stage) => stage.label), label: null, tickSize: 0, padding: 0.3 },
      marks: [
        // A loss of a few among many thousands would vanish: every bar is at least two pixels wide.
        Plot.barX(stages, {
          x1: 'from',
          x2: end,
          y: 'label',
          fill: (stage: Stage) => colours[stage.kind],
          stroke: (stage: Stage) => (isApart(stage) ? ink.common : 'none'),
          strokeDasharray: '3 2',
          insetLeft: -1,
          insetRight: -1,
          rx: 1.5,
        }),
        Plot.text(stages, {
          y: 'label',
          frameAnchor: 'right',
          textAnchor: 'end',
          dx: 78,
          text: (stage: Stage) => (stage.kind === 'loss' ? '−' : '') + countOf(stage),
          fill: (stage: Stage) => (stage.kind === 'loss' ? ink.concern : ink.strong),
        }),
      ],
    },
    spots: stages.map((stage) => ({ x: end(stage), y: stage.label, words: words(stage) })),
    table: {
      columns: [
        { label: 'Stage', numeric: false },
        { label: 'Rows', numeric: true },
      ],
      rows: stages.map((stage) => [
        { text: stage.label, raw: stage.label },
        stage.kind === 'size'
          ? { text: countOf(stage), raw: countOf(stage) }
          : { text: countOf(stage), raw: stage.to - stage.from },
      ]),
    },
  };
};
