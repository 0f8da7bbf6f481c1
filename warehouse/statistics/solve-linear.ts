/**
 * x of A x = b for a small square matrix given by rows: Gaussian elimination with partial pivoting.
 *
 * null where the matrix is singular (a pivot below 1e-12 of the largest entry).
 */
export const solveLinear = (matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null => {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const tiny = 1e-12 * Math.max(0, ...matrix.flat().map(Math.abs));
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column + 1; i < n; i++) {
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    }
    const top = rows[pivot]!;
    if (!(Math.abs(top[column]!) > tiny)) return null;
    [rows[pivot], rows[column]] = [rows[column]!, top];
    for (let i = column + 1; i < n; i++) {
      const factor = rows[i]![column]! / top[column]!;
      for (let j = column; j <= n; j++) rows[i]![j] = rows[i]![j]! - factor * top[j]!;
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    const known = x.reduce((sum, value, j) => (j > i ? sum + rows[i]![j]! * value : sum), 0);
    x[i] = (rows[i]![n]! - known) / rows[i]![i]!;
  }
  return x;
};
