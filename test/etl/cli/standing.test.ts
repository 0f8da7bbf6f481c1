import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { encounter, himsight, smallWorkspace } from './himsight.ts';

// Each command is a process of its own, and machines are busy.
vi.setConfig({ testTimeout: 180_000 });

test('a target is refused by line, or explained with both statuses, and a gap in its days is a note', () => {
  // Discharged on 5 January, told of until 2 April: the last full quarter is January to March.
  const folder = smallWorkspace([encounter(1), encounter(2), encounter(3), encounter(4, '2026-04-02 10:00:00')]);
  const file = join(folder, 'himsight.yaml');
  const text = readFileSync(file, 'utf8');
  appendFileSync(file, 'targets:\n  - { metric_id: encountrs, value: 3 }\n');
  const refused = himsight(folder, 'run');
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('himsight.yaml:5 `targets[0].metric_id`: `encountrs`: there is no metric of this id');
  expect(refused.err).toContain('Did you mean `encounters`');

  writeFileSync(
    file,
    `${text}targets:
  - { metric_id: ENC, value: 3, direction: at_least, label: house target, citation: Plan 4, window: 1 quarter }
  - { metric_id: encounters, scope: north, value: 4, direction: at_least, label: the north's, window: 1 quarter }
  - { metric_id: encounters, scope: south, value: 4, direction: at_least, valid_to: 2026-01-01 }
  - { metric_id: encounters, scope: south, value: 5, direction: at_least, valid_from: 2026-01-02 }
`,
  );
  expect(himsight(folder, 'run').code).toBe(0);
  const explained = himsight(folder, 'explain', 'encounters').out;
  expect(explained).toContain(`Target
  at least 3: house target; Plan 4
    policy    met: 3 over 2026-01-01 through 2026-03-31
    evidence  none, there is no interval
  north: at least 4: the north's
    policy    not met: 3 over 2026-01-01 through 2026-03-31`);
  const { standing } = JSON.parse(himsight(folder, 'explain', 'encounters', '--format', 'json').out) as {
    standing: { facility: string | null; policy: string; setFor: string }[];
  };
  expect(standing.map(({ facility, policy, setFor }) => [facility, policy, setFor])).toEqual([
    [null, 'met', 'all'],
    ['north', 'not met', 'scope'],
    ['south', 'no value', 'scope'],
  ]);
  expect(himsight(folder, 'explain', 'CA1').out).toContain('Target\n  at least 95 %: customary 95 %');
  const doctor = JSON.parse(himsight(folder, 'doctor', '--format', 'json').out) as {
    rows: { what: string; state: string; says: string }[];
  };
  expect(doctor.rows.find(({ what }) => what === 'Targets')).toMatchObject({
    state: 'note',
    says: 'a gap, during which the customary target holds: encounters, south: 2026-01-01 until 2026-01-02',
  });
  const checks = JSON.parse(himsight(folder, 'checks', '--status', 'fail', '--format', 'json').out) as {
    rows: { id: string }[];
  };
  expect(checks.rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['target_gap', 'target_scope']));
});
