import { UserError } from '../../warehouse/error.ts';
import { asOf, monthsBefore } from './calendar.ts';
import { stories, type Story } from './story.ts';

/** What a demo hospital is made from; the same arguments give the same bytes. */
export interface DemoArguments {
  /** Encounters in all, those in house included; 1,000 to 15,000,000. */
  readonly encounters: number;
  /** Whole months of discharges before 1 September 2026; 1 to 120. The stories need 24 to be told in full. */
  readonly months: number;
  /** Whole number, 0 or more. */
  readonly seed: number;
  /** Extra bad rows as a share of each source's good ones, 0 to 0.5; above 0.05 the gate holds the batches, by design. */
  readonly bad: number;
  /** Stories left out. */
  readonly without?: readonly Story[] | undefined;
}

const within = (name: string, value: number, low: number, high: number, whole: boolean): void => {
  if (value >= low && value <= high && (!whole || Number.isInteger(value))) return;
  throw new UserError(`demo: \`${name}\` must be ${whole ? 'a whole number' : 'a number'} from ${low} to ${high}.`);
};

/** @throws UserError naming the argument that is out of range, or the story that does not exist */
export const checkArguments = ({ encounters, months, seed, bad, without = [] }: DemoArguments): void => {
  within('encounters', encounters, 1000, 15_000_000, true);
  within('months', months, 1, 120, true);
  within('seed', seed, 0, Number.MAX_SAFE_INTEGER, true);
  within('bad', bad, 0, 0.5, false);
  const known = stories.map((story) => story.id);
  for (const id of without) {
    if (!known.includes(id)) throw new UserError(`demo: there is no story \`${id}\`; there are ${known.join(', ')}.`);
  }
};

const usualEncounters = 100_000;
const usualMonths = 24;
/** Patients new to the four registries in eleven years at the usual size: 646 analytic cases a year, 8 % more that are not. */
const usualTumorPatients = 7_330;

/** The values hospital/*.sql and extract/*.sql read with `getvariable`, as SQL literals by name. */
export const demoVariables = (demo: DemoArguments): ReadonlyMap<string, string> => {
  const { encounters, months, seed, without = [] } = demo;
  const factor = (encounters / usualEncounters) * (usualMonths / months);
  const tumorPatients = Math.max(100, Math.round(usualTumorPatients * factor));
  // Inpatients in house on a given day: admissions a day times nights a stay.
  const inHouse = Math.round(((encounters * 0.16) / (months * 30.44)) * 4.7);
  return new Map([
    ['seed', `${seed}::bigint`],
    ['encounters', `${encounters}::bigint`],
    ['discharged', `${encounters - inHouse}::bigint`],
    ['as_of', `date '${asOf}'`],
    ['start', `date '${monthsBefore(months)}'`],
    ['factor', `${factor}::double`],
    ['tumor_patients', `${tumorPatients}::bigint`],
    ['pool_size', `${Math.max(encounters, 2 * tumorPatients)}::bigint`],
    ['lost_share', '0.125::double'],
    ...stories.map((story): [string, string] => [story.id, String(!without.includes(story.id))]),
  ]);
};
