/** One column of a numbered family: `dx07` of `dx{01..15}` is number 7. */
export interface NumberedColumn {
  readonly name: string;
  /** 1-based as written; null for a name without braces. */
  readonly number: number | null;
}

/**
 * The columns a name stands for, in order: `dx{01..15}` is dx01 to dx15, `poa{1..25}` is poa1 to poa25, and a name
 * without braces is itself. Leading zeros of the first number set the width.
 */
export const numbered = (name: string): readonly NumberedColumn[] => {
  const [, before = '', first = '', last = '', after = ''] = /^(.*)\{(\d+)\.\.(\d+)\}(.*)$/.exec(name) ?? [];
  if (first === '') return [{ name, number: null }];
  const width = first.startsWith('0') ? first.length : 1;
  const count = Math.max(0, Number(last) - Number(first) + 1);
  return Array.from({ length: count }, (_, i) => {
    const number = Number(first) + i;
    return { name: `${before}${String(number).padStart(width, '0')}${after}`, number };
  });
};
