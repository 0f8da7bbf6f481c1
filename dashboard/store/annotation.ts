import { day, isDay, metricId, prose, where } from './entry-schema.ts';
import type { Kept, Kind } from './kept.ts';

/**
 * What somebody has to say about one point of a metric.
 *
 * A `note` explains. A `rebase` says besides that the process is another one from that day on: control limits are computed
 * anew from the first point that begins on it or later. Limits are never computed anew without one.
 */
export interface Annotation extends Kept {
  readonly metric: string;
  /** The series it was written on; empty: the metric without filters. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** First day of the point, ISO. */
  readonly period: string;
  readonly kind: AnnotationKind;
  readonly text: string;
}

export type AnnotationKind = 'note' | 'rebase';

export const annotationKind: Kind<Annotation> = {
  one: 'annotation',
  many: 'annotations',
  properties: {
    metric: metricId,
    where,
    period: day('The point it is about'),
    kind: { enum: ['note', 'rebase'] },
    text: prose(2000, 'What there is to say'),
  },
  required: ['metric', 'where', 'period', 'kind', 'text'],
  object: ({ period }) =>
    isDay(period) ? null : { path: ['period'], says: 'is no day of the calendar.', mend: 'Write it YYYY-MM-DD.' },
};
