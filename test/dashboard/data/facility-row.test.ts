import { expect, test } from 'vitest';
import { facilityRows } from '../../../dashboard/data/facility-row.ts';
import type { Row } from '../../../dashboard/data/answer.ts';
import { aMetric, anAnswer, aStanding } from '../support.ts';

const metric = aMetric({ id: 'accuracy' });
const row = (facility: string | null, period: string, value: number | null): Row => ({
  ...{ metric: 'accuracy', period, group: { facility }, value, numerator: null, denominator: null },
  ...{ lower: null, upper: null, n: null, suppressed: false, compareValue: null, change: null },
});

test('each facility shows its own latest complete month that has a value, and its own standing', () => {
  const answer = anAnswer([
    row('east', '2026-07-01', 0.9),
    row('east', '2026-08-01', null),
    row('west', '2026-08-01', 0.7),
    row('west', '2026-07-01', 0.8),
    row('west', '2026-09-01', 0.1),
    row(null, '2026-08-01', 0.5),
  ]);
  const standings = [aStanding({ metric: 'accuracy', facility: 'west', policy: 'not met' })];
  const [found] = facilityRows([metric], answer, standings, () => '2026-08-31');
  expect(found?.cells?.get('east')).toMatchObject({ latest: { period: '2026-07-01', value: 0.9 }, standing: null });
  expect(found?.cells?.get('west')).toMatchObject({ latest: { value: 0.7 }, standing: { policy: 'not met' } });
  expect([...(found?.cells?.keys() ?? [])]).toEqual(['east', 'west']);
});

test('a metric that no facility keeps has no cells', () => {
  const whole = aMetric({ id: 'whole', dimensions: [] });
  expect(facilityRows([whole], anAnswer([]), null, () => '2026-08-31')).toEqual([{ metric: whole, cells: null }]);
});
