import type { Drawable } from './draw.ts';
import type { FrameQuestion } from './frame.ts';

/**
 * The audit period of a frame: the month it lies in where it lies in one, else the quarter of its last day. An open end is
 * the first or last day of final coding found in it.
 */
export const periodOf = (
  records: readonly Pick<Drawable, 'codedDate'>[],
  question: Pick<FrameQuestion, 'from' | 'to'> | null,
): string => {
  const days = records.map(({ codedDate }) => codedDate);
  const first = question?.from ?? days.reduce((a, b) => (b < a ? b : a));
  const last = question?.to ? dayBefore(question.to) : days.reduce((a, b) => (b > a ? b : a));
  const month = last.slice(0, 7);
  if (first.slice(0, 7) === month) return month;
  return `${last.slice(0, 4)}-Q${Math.ceil(Number(last.slice(5, 7)) / 3)}`;
};

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
