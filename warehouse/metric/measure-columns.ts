import type { Measure, Metric } from './metric.ts';

/** Key of the measure → column of its relation, for every column the number itself rests on (dimensions apart). */
export const measureColumns = (measure: Measure): Readonly<Record<string, string>> => {
  const { date } = measure;
  const known = 'known' in measure ? { known: measure.known } : {};
  switch (measure.kind) {
    case 'ratio': {
      const { numerator, denominator, cluster, stratum, population } = measure;
      const drawn = stratum === undefined || population === undefined ? {} : { stratum, population };
      return { date, numerator, denominator, ...(cluster === undefined ? {} : { cluster }), ...drawn, ...known };
    }
    case 'count':
      return { date, ...(measure.count === '*' ? {} : { count: measure.count }), ...known };
    case 'quantile':
      return { date, value: measure.value, ...known };
    case 'agreement':
      return { date, first: measure.first, second: measure.second, ...known };
    case 'km_quantile':
    case 'km_share':
      return { date, start: measure.start, event: measure.event, until: measure.until, ...known };
  }
};

/** Those columns and the ones of its dimensions, each once. */
export const metricColumns = (metric: Metric): readonly string[] => [
  ...new Set([...Object.values(measureColumns(metric.measure)), ...Object.values(metric.dimensions)]),
];
