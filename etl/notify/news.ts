import type { NotifyConfig, NotifyKind } from '../workspace/config.ts';
import type { ChannelName, NewsState, Told } from './told.ts';
import type { Trouble } from './trouble.ts';

/** One thing to tell on one channel. */
export interface News {
  readonly state: NewsState;
  /** As it stands; of one that is over, as far as the ledger remembers it. */
  readonly trouble: Trouble;
}

const everything: readonly NotifyKind[] = ['failure', 'held', 'late', 'check', 'alert', 'report', 'recovery'];

/** What is over, and whether it is told. */
export interface Difference {
  readonly news: readonly News[];
  /** Over, but nobody asked to hear of recoveries: written down, so that the next time is told again. */
  readonly unasked: readonly News[];
}

/**
 * What is to be told on a channel: each trouble once when it begins, again after `remind_days` while it lasts, and once
 * when it is over. What could not be delivered is to be told again, an hour after the first failure, two after the second,
 * a day at most.
 *
 * @param told all that was told, oldest first; other channels' lines do not count
 */
export const newsFor = (
  channel: ChannelName,
  troubles: readonly Trouble[],
  told: readonly Told[],
  { on = everything, remind_days: days = 7 }: Pick<NotifyConfig, 'on' | 'remind_days'>,
  now: Date,
): Difference => {
  const lines = Map.groupBy(
    told.filter((line) => line.channel === channel),
    ({ trouble }) => trouble,
  );
  const isTime = (id: string, state: NewsState): boolean => !rests(lines.get(id) ?? [], state, now);
  const news = troubles
    .filter(({ kind }) => on.includes(kind))
    .flatMap((trouble): readonly News[] => {
      const state = dueState(lastHeard(lines.get(trouble.id)), days, now);
      return state !== null && isTime(trouble.id, state) ? [{ state, trouble }] : [];
    });
  const over = [...lines].flatMap(([id, known]): readonly News[] => {
    const last = lastHeard(known);
    if (last === undefined || last.state === 'ends' || troubles.some((one) => one.id === id)) return [];
    return isTime(id, 'ends') ? [{ state: 'ends', trouble: remembered(last, known) }] : [];
  });
  return on.includes('recovery') ? { news: [...news, ...over], unasked: [] } : { news, unasked: over };
};

const lastHeard = (lines: readonly Told[] = []): Told | undefined =>
  lines.findLast(({ outcome }) => outcome !== 'failed');

const dueState = (last: Told | undefined, days: number, now: Date): NewsState | null => {
  if (last === undefined || last.state === 'ends') return 'begins';
  return now.getTime() - Date.parse(last.at) >= days * 86_400_000 ? 'lasts' : null;
};

/** Whether the last tries failed so lately that the next is to wait. */
const rests = (lines: readonly Told[], state: NewsState, now: Date): boolean => {
  const failures = lines.slice(lines.findLastIndex(({ outcome }) => outcome !== 'failed') + 1);
  const last = failures.at(-1);
  if (last?.state !== state) return false;
  const hours = Math.min(24, 2 ** (failures.length - 1));
  return Math.abs(now.getTime() - Date.parse(last.at)) < hours * 3_600_000;
};

const remembered = ({ trouble, kind, source, about }: Told, lines: readonly Told[]): Trouble => ({
  ...{ id: trouble, kind, source, run: null },
  ...(about === undefined ? {} : { about }),
  since: lines.findLast(({ state, outcome }) => state === 'begins' && outcome === 'delivered')?.at ?? null,
  ...{ says: '', mend: '', command: '' },
});
