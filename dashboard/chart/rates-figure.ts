import type { RegistryBasis } from '../../warehouse/query/registry/basis.ts';
import { formatCount } from '../data/format.ts';
import type { Rates } from '../data/registry-answer.ts';
import type { RegistryChoice } from '../data/registry-choice.ts';
import { splitsOf } from '../data/registry-question.ts';
import { firstOfWords, leftOutWords, splitWords, withheldWords } from '../data/registry-words.ts';
import type { Drawing } from './drawing.ts';
import { noteOfParts, type Figure } from './figure.ts';
import { rateGroupsMost, ratesByGroup } from './rates-by-group.ts';
import { ratesByYear, trendText } from './rates-by-year.ts';

/** A figure of a registry; what it stands on is said beneath. */
export interface RegistryFigure extends Omit<Figure, 'facts'> {
  /** Tables and years, in a line; empty while nothing has come back. */
  readonly foot: string;
}

/** What rates are split by: what the release cannot be split by gives way to what it can. */
export const ratesBy = (basis: RegistryBasis, { rates }: Pick<RegistryChoice, 'rates'>): RegistryChoice['rates'] => {
  const splits = splitsOf(basis);
  return splits.find((one) => one === rates) ?? splits[0] ?? 'sex';
};

/**
 * Incidence rates.
 *
 * @param by as `ratesBy` says
 * @param whose who is counted, in words: sites, sex
 * @param given the answer; one to another question is not drawn
 */
export const ratesFigure = (by: RegistryChoice['rates'], whose: string, given: Rates | null): RegistryFigure => {
  const answer = given?.asked.by === by ? given : null;
  /** Sites by their rates, the others as they come; what is withheld last. */
  const rows =
    by !== 'site'
      ? (answer?.rows ?? [])
      : (answer?.rows ?? []).toSorted(
          (a, b) => Number(a.withheld !== null) - Number(b.withheld !== null) || (b.value ?? 0) - (a.value ?? 0),
        );
  const first = splitWords[by];
  const title = `Incidence by ${first.toLowerCase()}`;
  const adjusted = by !== 'age';
  const drawing = (width: number): Drawing =>
    by === 'year'
      ? ratesByYear({ rows, label: title, trend: trendText(answer?.trend ?? null), width })
      : ratesByGroup({ rows, label: title, first, adjusted, width });
  const hidden = rows.filter(({ withheld, isTotal }) => withheld !== null && !isTotal).length;
  const groups = rows.filter(({ isTotal }) => !isTotal).length;
  return {
    title,
    note: noteOfParts(
      `${adjusted ? 'Age-adjusted' : 'Age-specific'} rates per 100,000 person-years with 95 % limits`,
      whose,
      withheldWords(hidden > 0 ? formatCount(hidden) : '', answer?.suppression),
      by === 'year' ? (answer?.trendUnknown ?? '') : '',
      by === 'year' ? '' : firstOfWords(rateGroupsMost, groups),
      answer === null ? '' : leftOutWords(answer.leftOut),
    ),
    drawing: rows.length === 0 ? null : drawing,
    empty: 'No case of these sites and years; more sites or years would show a rate.',
    foot: answer?.provenance.line ?? '',
  };
};
