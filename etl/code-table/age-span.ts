/** Completed years of age, both inclusive; `to` is null for an open last group. */
export interface AgeSpan {
  readonly from: number;
  readonly to: number | null;
}

/**
 * The ages a label of published age groups speaks of: `0 - 4`, `05-09`, `1-4 years`, `85+`, `85+ years`, `00`, `0 years`,
 * `<1 year`; null where it names none (`Unknown`).
 */
export const ageSpanOf = (label: string): AgeSpan | null => {
  const text = label.toLowerCase().replace(/\s*years?$/, '');
  const range = /^(\d{1,3})\s*[-–]\s*(\d{1,3})$/.exec(text);
  if (range !== null) return { from: Number(range[1]), to: Number(range[2]) };
  const open = /^(\d{1,3})\s*\+$/.exec(text);
  if (open !== null) return { from: Number(open[1]), to: null };
  if (/^<\s*1$/.test(text)) return { from: 0, to: 0 };
  return /^\d{1,3}$/.test(text) ? { from: Number(text), to: Number(text) } : null;
};

/** Whether groups cover all ages from 0 on, none twice, the last one open. */
export const areAllAges = (groups: readonly AgeSpan[]): boolean => {
  const inOrder = [...groups].sort((a, b) => a.from - b.from);
  return (
    inOrder[0]?.from === 0 &&
    inOrder.every(({ to }, i) =>
      i === inOrder.length - 1 ? to === null : to !== null && to + 1 === inOrder[i + 1]!.from,
    )
  );
};
