import { UserError } from '../../error.ts';
import { oneOf } from '../view-state.ts';
import { recodeSchemes, type RecodeScheme } from './basis.ts';
import { choices, refuseOtherKeys, year } from './read-view.ts';

/** What survival may be split by, and narrowed to. */
export const survivalDimensions = ['site', 'sex', 'race', 'age', 'stage'] as const;
export type SurvivalDimension = (typeof survivalDimensions)[number];

/** observed: every death counts. relative: observed by that of the population. cause-specific: deaths of the cancer alone. */
export const survivalMeasures = ['observed', 'relative', 'cause-specific'] as const;
export type SurvivalMeasure = (typeof survivalMeasures)[number];

/** A question about the survival of a cohort. */
export interface CancerSurvivalView {
  readonly by: SurvivalDimension | null;
  /** Values kept; several of one dimension are alternatives. Ages are groups (`45-54`), stages codes; the empty text is unknown. */
  readonly where: Readonly<Record<SurvivalDimension, readonly string[]>>;
  /** First year of diagnosis; null = from the beginning. */
  readonly from: number | null;
  /** Year after the last; null = to the end. */
  readonly to: number | null;
  /** Which site recode names the sites; null = the only one configured, of both 2023. */
  readonly recode: RecodeScheme | null;
  readonly measure: SurvivalMeasure;
  /** Cases lost count for half of their month (actuarial), or for all of it (kaplan-meier). */
  readonly method: 'actuarial' | 'kaplan-meier';
  readonly expected: 'ederer-1' | 'ederer-2';
  /** How many months are followed. */
  readonly months: number;
  /** first: patients by their first tumor; all: every tumor. */
  readonly tumors: 'first' | 'all';
  /** Whether patients last known alive are taken as alive at the cut-off. */
  readonly presumedAlive: boolean;
}

const empty = {
  ...{ by: null, where: {}, from: null, to: null, recode: null, measure: null, method: null },
  ...{ expected: null, months: null, tumors: null, presumedAlive: null },
};

/**
 * A question about survival from untyped JSON: absent keys take their usual value.
 *
 * @throws UserError naming the key and what it may hold
 */
export const readCancerSurvivalView = (value: unknown): CancerSurvivalView => {
  const given: Record<keyof typeof empty, unknown> = { ...empty, ...refuseOtherKeys('survival', value, empty) };
  const view: CancerSurvivalView = {
    by: oneOf('by', given.by, survivalDimensions),
    where: choices(given.where, survivalDimensions),
    from: year('from', given.from),
    to: year('to', given.to),
    recode: oneOf('recode', given.recode, recodeSchemes),
    measure: oneOf('measure', given.measure, survivalMeasures) ?? 'observed',
    method: oneOf('method', given.method, ['actuarial', 'kaplan-meier'] as const) ?? 'actuarial',
    expected: oneOf('expected', given.expected, ['ederer-1', 'ederer-2'] as const) ?? 'ederer-2',
    months: monthsOf(given.months),
    tumors: oneOf('tumors', given.tumors, ['first', 'all'] as const) ?? 'first',
    presumedAlive: yesOrNo('presumedAlive', given.presumedAlive),
  };
  if (view.from !== null && view.to !== null && view.from >= view.to)
    throw new UserError('`to` must be later than `from`: it is the year after the last.');
  return view;
};

const monthsOf = (value: unknown): number => {
  if (value === null) return 60;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1200) return value;
  throw new UserError('`months` must be whole months from 1 to 1200.');
};

const yesOrNo = (key: string, value: unknown): boolean => {
  if (value === null) return false;
  if (typeof value === 'boolean') return value;
  throw new UserError(`\`${key}\` must be true or false.`);
};
