import type { RuleSet } from '../../warehouse/statistics/rule-set.ts';
import { line, metricId, where } from './entry-schema.ts';
import type { Kept, Kind } from './kept.ts';

/** A question put to a metric at each published release, of its last complete period. */
export interface Alert extends Kept {
  /** What those who are told read: `DNFB over five days`. */
  readonly name: string;
  readonly metric: string;
  /** Filters, as a view has them; empty: the metric without any. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  readonly when: AlertWhen;
  /** What a period is. */
  readonly grain: AlertGrain;
}

export type AlertGrain = 'week' | 'month';

/** On which side of the line is to be told. The line itself is on neither. */
export type AlertSide = 'above' | 'below';

export type AlertWhen =
  /** In the metric's own unit: a share is 0–1, days are days. */
  | { readonly kind: 'threshold'; readonly side: AlertSide; readonly value: number }
  /** The value misses the target in force in that period; which side that is, the metric says. */
  | { readonly kind: 'target' }
  /** The last period is a signal by this set of rules, with limits from the last recorded rebase on. */
  | { readonly kind: 'signal'; readonly rules: RuleSet['id'] };

const whenOf = (kind: AlertWhen['kind'], properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  additionalProperties: false,
  required: ['kind', ...Object.keys(properties)],
  properties: { kind: { const: kind }, ...properties },
});

export const alertKind: Kind<Alert> = {
  one: 'alert',
  many: 'alerts',
  properties: {
    name: line(120, 'What it is called'),
    metric: metricId,
    where,
    when: {
      type: 'object',
      required: ['kind'],
      discriminator: { propertyName: 'kind' },
      oneOf: [
        whenOf('threshold', {
          side: { enum: ['above', 'below'] },
          value: { type: 'number', description: 'A number in the unit of the metric; a share is 0–1' },
        }),
        whenOf('target', {}),
        whenOf('signal', { rules: { enum: ['making-data-count', 'anhoej', 'western-electric'] } }),
      ],
    },
    grain: { enum: ['week', 'month'] },
  },
  required: ['name', 'metric', 'where', 'when', 'grain'],
  object: ({ name }, others) =>
    others.some((one) => one.name === name)
      ? {
          path: ['name'],
          says: 'there is an alert of this name already.',
          mend: 'Choose another, or take that one back first.',
        }
      : null,
};
