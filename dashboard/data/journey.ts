import type { Row } from './answer.ts';

/** One step of the way of a DRG: what the records that took it gained and lost in weight. */
export interface JourneyStep {
  readonly label: string;
  readonly gain: number;
  readonly loss: number;
  /** Records that took the step. */
  readonly records: number | null;
}

/** The stages of a DRG in the order they are reached. */
const stages: readonly (string | null)[] = ['baseline', 'working', 'final', 'billed', 'audited', 'payer'];

/** Gains, losses and records by step, in the order of the stages; steps that nobody took are left out. */
export const journeyOf = (
  rows: readonly Row[],
  nameOf: (from: string | null, to: string | null) => string,
): readonly JourneyStep[] => {
  const at = (stage: string | null) => stages.indexOf(stage);
  const ends = ({ group }: Row) => [group.from_stage ?? null, group.drg_step ?? null] as const;
  return [...Map.groupBy(rows, (row) => ends(row).join(' ')).values()]
    .flatMap((some) => {
      const [one] = some;
      if (one === undefined) return [];
      const valueOf = (metric: string) => some.find((row) => row.metric === metric)?.value ?? null;
      const [from, to] = ends(one);
      const step: JourneyStep = {
        label: nameOf(from, to),
        gain: valueOf('drg_step_gain') ?? 0,
        loss: valueOf('drg_step_loss') ?? 0,
        records: valueOf('drg_step_records'),
      };
      return step.records === 0 ? [] : [{ step, order: at(to) * stages.length + at(from) }];
    })
    .toSorted((a, b) => a.order - b.order)
    .map(({ step }) => step);
};
