import type { Output } from './output.ts';

/** Told how far a piece of work is: `total` null where nobody can know. Called as often as one likes. */
export type Progress = (what: string, done: number, total: number | null) => void;

/** Work that nobody watches. */
export const noProgress: Progress = () => {};

const blocks = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of 24 cells with eighths of a cell, and the share beside it. */
export const bar = (share: number): string => {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * 24 * 8);
  const full = '█'.repeat(Math.floor(eighths / 8)) + (blocks[eighths % 8] ?? '');
  return `${full.padEnd(24, ' ')} ${String(Math.round(share * 100)).padStart(3)} %`;
};

/** Bars on stderr, redrawn ten times a second at most; nothing at all where stderr is no terminal. */
export const progressOn = (output: Output): { readonly progress: Progress; readonly done: () => void } => {
  if (!output.showsProgress) return { progress: noProgress, done: () => {} };
  let drawnAt = 0;
  return {
    progress: (what, done, total) => {
      const now = Date.now();
      if (now - drawnAt < 100) return;
      drawnAt = now;
      const how = total === null || total <= 0 ? done.toLocaleString('en') : bar(done / total);
      output.redraw(`${what}  ${how}`);
    },
    done: () => output.redraw(''),
  };
};
