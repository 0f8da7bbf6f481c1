import { expect, test } from 'vitest';
import { buildInMemory } from '../support/warehouse.ts';

/** Violations of the checks on settings, by name. */
const broken = async (raw: Readonly<Record<string, string>>): Promise<Record<string, number>> => {
  const { asserts, close } = await buildInMemory({ raw });
  await close();
  const names = ['target_gap', 'target_scope', 'completion_policy_gap'];
  return Object.fromEntries(names.map((name) => [name, asserts.find((each) => each.name === name)!.violations]));
};

test('targets that follow each other leave no gap; a day between two is one, whoever else holds then', async () => {
  const found = await broken({
    facility: `
      facility_id | facility_name
      north       | North
    `,
    target: `
      metric_id | scope | value | valid_from | valid_to
      a         |       | 0.90  |            | 2026-01-01
      a         |       | 0.92  | 2026-01-01 | 2026-02-01
      a         |       | 0.95  | 2026-02-02 |
      a         | north | 0.95  | 2026-05-01 |
      b         |       | 0.95  | 2026-01-01 | 2026-02-01
      c         | north | 9     |            | 2026-01-01
      c         |       | 9     | 2026-01-01 | 2026-02-01
    `,
  });
  // a on 1 February; c's two are of different facilities.
  expect(found).toEqual({ target_gap: 1, target_scope: 0, completion_policy_gap: 0 });
});

test('a target for a facility that never arrived is told', async () => {
  const found = await broken({
    facility: `
      facility_id | facility_name
      north       | North
    `,
    target: `
      metric_id | scope | value
      a         | north | 0.90
      a         | nroth | 0.92
    `,
  });
  expect(found).toMatchObject({ target_scope: 1 });
});

test('a gap between equally specific policies is told, with another policy around it or not', async () => {
  const found = await broken({
    completion_policy: `
      facility_id | doc_type | delinquent_days | valid_from | valid_to
                  |          | 30              |            |
                  | DS       | 21              |            | 2026-01-01
                  | DS       | 14              | 2026-01-02 |
                  | HP       | 21              |            | 2026-01-01
      north       | HP       | 14              | 2026-03-01 |
    `,
  });
  expect(found).toEqual({ target_gap: 0, target_scope: 0, completion_policy_gap: 1 });
});
