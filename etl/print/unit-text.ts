import type { Unit } from '../../warehouse/metric/metric.ts';

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });
const percent = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A value in its metric's unit, for people: a share in percent, days and hours to four decimals, unknown as a dash. */
export const unitText = (value: number | null, unit: Unit): string => {
  if (value === null) return '–';
  if (unit === 'share') return `${percent.format(value * 100)} %`;
  if (unit === 'days') return `${plain.format(value)} d`;
  if (unit === 'hours') return `${plain.format(value)} h`;
  if (unit === 'dollars') return `$${whole.format(value)}`;
  return plain.format(value);
};
