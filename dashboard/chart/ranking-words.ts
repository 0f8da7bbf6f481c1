import { formatCount, formatInterval, formatValue, type Unit } from '../data/format.ts';
import { shownEnds, type Doubted } from '../data/interval.ts';
import type { ChartTable } from './drawing.ts';

export interface RankingItem extends Doubted {
  readonly label: string;
  readonly n: number | null;
  /** One of those the page is filtered by; when any is, the others step back. */
  readonly isChosen?: boolean;
}

/** What the items of a ranking are held against. */
export interface RankingTerms {
  readonly label: string;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower' | 'neither';
  readonly target: number | null;
  /** What the reach around the dot is when it is not doubt about the value: the names of its ends. Then nothing is judged. */
  readonly reach?: { readonly lower: string; readonly upper: string };
  /** What one item is: `Coder`. */
  readonly first: string;
}

/** Where the whole of an item's interval lies; null where it cannot be judged at all. */
export type Verdict = 'meets' | 'above' | 'below' | 'undecided' | null;

/** Judged only by the whole interval: one that touches the target is not decided. */
export const verdictOf = (item: RankingItem, { target, better, reach }: RankingTerms): Verdict => {
  const { lower, upper } = item;
  if (reach !== undefined || target === null || lower === null || upper === null || better === 'neither') return null;
  if (lower > target) return better === 'higher' ? 'meets' : 'above';
  if (upper < target) return better === 'higher' ? 'below' : 'meets';
  return 'undecided';
};

const verdictWords = (verdict: Verdict): string => {
  if (verdict === null) return '';
  if (verdict === 'undecided') return 'not yet decided';
  return verdict === 'meets' ? 'clearly meets target' : `clearly ${verdict} target`;
};

/** `Coder 4: 89.0 %, interval 87.0–91.0, clearly below target, n 30`. */
export const rankingWords = (item: RankingItem, terms: RankingTerms): string => {
  const interval = formatInterval(item, terms.unit);
  const name = terms.reach === undefined ? 'interval' : `${terms.reach.lower} to ${terms.reach.upper}`;
  const parts = [
    `${item.label}: ${formatValue(item.value, terms.unit)}`,
    interval === '' ? '' : `${name} ${interval}`,
    verdictWords(verdictOf(item, terms)),
    item.n === null ? '' : `n ${formatCount(item.n)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
};

/** Columns that hold nothing are left out: not every number has an interval, nor every metric a target. */
export const rankingTable = (items: readonly RankingItem[], terms: RankingTerms): ChartTable => {
  const { first, label, unit, reach } = terms;
  const hasEnds = items.some((item) => item.lower !== null || item.upper !== null);
  const isJudged = items.some((item) => verdictOf(item, terms) !== null);
  return {
    columns: [
      { label: first, numeric: false },
      { label, numeric: true },
      ...(hasEnds
        ? [reach?.lower ?? 'Lower', reach?.upper ?? 'Upper'].map((end) => ({ label: end, numeric: true }))
        : []),
      { label: 'n', numeric: true },
      ...(isJudged ? [{ label: 'Against target', numeric: false }] : []),
    ],
    rows: items.map((item) => {
      const [shown, words] = [shownEnds(item, unit), verdictWords(verdictOf(item, terms))];
      return [
        { text: item.label, raw: item.label },
        { text: formatValue(item.value, unit), raw: item.value },
        ...(hasEnds
          ? [
              { text: formatValue(shown.lower, unit), raw: item.lower },
              { text: formatValue(shown.upper, unit), raw: item.upper },
            ]
          : []),
        { text: formatCount(item.n), raw: item.n },
        ...(isJudged ? [{ text: words, raw: words }] : []),
      ];
    }),
  };
};
