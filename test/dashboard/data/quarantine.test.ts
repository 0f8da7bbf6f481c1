import { expect, test } from 'vitest';
import { byRule, mendOf, type Held } from '../../../dashboard/data/quarantine.ts';

const held = (rule: string, state: Held['state'], rows: number, lastRun = 'r1'): Held => ({
  ...{ source: 's', contract: 'encounter', rule, state, rows, firstRun: 'r0', lastRun },
});

test('rules with open rows lead, and what was settled stands beside them', () => {
  const rules = byRule([held('a', 'accepted', 9), held('b', 'open', 2, 'r2'), held('b', 'replayed', 4, 'r3')]);
  expect(rules).toEqual([
    {
      ...{ source: 's', contract: 'encounter', rule: 'b', open: 2, lastRun: 'r3' },
      settled: [{ state: 'replayed', rows: 4 }],
    },
    {
      ...{ source: 's', contract: 'encounter', rule: 'a', open: 0, lastRun: 'r1' },
      settled: [{ state: 'accepted', rows: 9 }],
    },
  ]);
  expect(mendOf(rules[0]!)).toEqual([
    'npx himsight quarantine --source s --rule b',
    'npx himsight quarantine replay --source s --rule b',
  ]);
});
