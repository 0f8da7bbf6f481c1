/** Arithmetic mean, its sum carried with Neumaier's correction; null where there is no value. */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : sum(values) / values.length;

/** Sum with Neumaier's correction (1974): as if taken in twice the digits, whatever the order. */
export const sum = (values: readonly number[]): number => {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
};
