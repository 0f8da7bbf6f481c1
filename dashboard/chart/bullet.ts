/** Pixels along a bullet: the dot, the two ends of its interval and the target's tick; null where there is none. */
export interface BulletDrawing {
  readonly dot: number;
  readonly interval: readonly [number, number] | null;
  readonly target: number | null;
}

/** Where the parts of a bullet lie on `width` pixels that stand for `range`; ends outside are held at the edge. */
export const bullet = (
  value: number,
  interval: readonly [number | null, number | null],
  target: number | null,
  range: readonly [number, number],
  width: number,
): BulletDrawing => {
  const pad = 5;
  const along = (at: number) => {
    const share = (at - range[0]) / (range[1] - range[0] || 1);
    return Math.round((pad + Math.min(1, Math.max(0, share)) * (width - 2 * pad)) * 10) / 10;
  };
  const [lower, upper] = interval;
  return {
    dot: along(value),
    interval: lower === null || upper === null ? null : [along(lower), along(upper)],
    target: target === null ? null : along(target),
  };
};
