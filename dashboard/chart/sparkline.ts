/** The box a sparkline is drawn in, in pixels. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface SparklineDrawing {
  /** One path for all complete stretches; a gap where nothing is known. */
  readonly line: string;
  /** The dashed rest that is still filling up; empty when there is none. */
  readonly open: string;
  /** The latest complete point; null when there is none. */
  readonly last: { readonly x: number; readonly y: number } | null;
  readonly median: number | null;
  readonly target: number | null;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const medianOf = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [below, above] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return below === undefined || above === undefined ? null : (below + above) / 2;
};

/**
 * A month's worth of pixels: the line of the periods, a hairline at their median and one at the target if it is in range.
 *
 * @param range the values at the bottom and at the top of the box
 */
export const sparkline = (
  points: readonly { readonly value: number | null; readonly filling: boolean }[],
  range: readonly [number, number],
  target: number | null,
  { width, height }: Box,
): SparklineDrawing => {
  const pad = 4;
  const step = (width - 2 * pad) / Math.max(1, points.length - 1);
  const y = (value: number) =>
    round(height - pad - ((value - range[0]) / (range[1] - range[0] || 1)) * (height - 2 * pad));
  const placed = points.map((point, index) => ({ ...point, x: round(pad + index * step) }));
  const path = (some: typeof placed) => {
    let pen = 'M';
    return some
      .map(({ x, value }) => {
        if (value === null) {
          pen = 'M';
          return '';
        }
        const move = `${pen}${x},${y(value)}`;
        pen = 'L';
        return move;
      })
      .join('');
  };
  const closed = placed.filter((point) => !point.filling);
  const last = closed.findLast((point) => point.value !== null);
  const rest = placed.filter((point) => point.filling && point.value !== null);
  const middle = medianOf(closed.flatMap(({ value }) => (value === null ? [] : [value])));
  const inside = target !== null && target >= range[0] && target <= range[1];
  return {
    line: path(closed),
    open: rest.length > 0 && last !== undefined ? path([last, ...rest]) : '',
    last: last === undefined || last.value === null ? null : { x: last.x, y: y(last.value) },
    median: middle === null ? null : y(middle),
    target: inside ? y(target) : null,
  };
};
