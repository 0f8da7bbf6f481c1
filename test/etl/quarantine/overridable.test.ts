import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readContracts } from '../../../etl/contract/contract.ts';
import { whyNotOverridable } from '../../../etl/quarantine/overridable.ts';
import { readChecks } from '../../../warehouse/check/read-checks.ts';

const contracts = readContracts();
const checks = readChecks([fileURLToPath(new URL('../../../sql', import.meta.url))]).flatMap((scan) => scan.checks);

/** Rules of a contract that a row can be let past. */
const overridable = ({ columns, checks: own }: NonNullable<ReturnType<typeof contracts.get>>): readonly string[] => [
  ...columns.filter(({ values }) => values !== null).map(({ name }) => `value:${name}`),
  ...columns.filter(({ pattern }) => pattern !== null).map(({ name }) => `pattern:${name}`),
  ...own.filter(({ severity }) => severity === 'quarantine').map(({ id }) => id),
];

test('a check lets past what was decided against rules that there are, and that can be overridden', () => {
  const named = checks.flatMap(({ gate }) => gate);
  expect(named.length).toBeGreaterThan(0);
  for (const name of named) {
    const [id, rule] = name.split(' ') as [string, string];
    expect(overridable(contracts.get(id)!), name).toContain(rule);
    expect(whyNotOverridable(rule, contracts.get(id)!), name).toBeNull();
  }
});

test('which rows a fatal check lets past; no decision lets any past the others', () => {
  const fatal = checks.filter(({ severity }) => severity === 'fatal');
  expect(Object.fromEntries(fatal.map(({ id, gate }) => [id, gate]))).toEqual({
    age_plausible: ['encounter age-0-to-90'],
    age_top_coded: ['encounter age-0-to-90'],
    code_set_in_value_set: ['encounter_code value:code_set'],
    coding_not_in_the_future: [],
    deficiency_completed_after_assigned: ['deficiency completed-not-before-assigned'],
    discharge_after_admission: ['encounter discharge-not-before-admission'],
    encounter_has_admission: [],
    encounter_has_class: [],
    encounter_has_facility: [],
    encounter_has_patient: [],
    encounter_not_in_the_future: [],
    sex_in_value_set: ['encounter value:sex'],
    stay_not_negative: ['encounter los-not-negative'],
  });
});
