import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readContracts } from '../../etl/contract/contract.ts';
import { readAsserts } from '../../warehouse/assert.ts';
import { readMetricFolders } from '../../warehouse/metric/read-metrics.ts';

const sql = fileURLToPath(new URL('../../sql', import.meta.url));
const { metrics, dimensions } = readMetricFolders([`${sql}/metric`]);

/** Ids that outside tools rely on, with their codes. */
const promised = `
  CA1 code_accuracy_auditor · CA2 code_accuracy_coder · CA3 code_accuracy_all · CA5 error_free_records
  RC10 deficiency_turnaround_p50 · RC10 deficiency_turnaround_p90 · RC4 complete_in_30_days
  RC3 delinquency_rate · RC3b delinquency_rate_previous_month · RC3c delinquency_rate_cohort
  RC15 discharge_to_coded_p50 · RC15 discharge_to_coded_p90 · RC15 discharge_to_coded_km
  RC5 discharge_to_complete_p50 · RC5 discharge_to_complete_p75 · RC5 discharge_to_complete_p90 · RC5 discharge_to_complete_km · FB2 dnfc_count
`;

test('the promised ids are there under their codes, and a code returns no others', () => {
  const wanted = promised
    .split(/[·\n]/)
    .map((pair) => pair.trim())
    .filter(Boolean)
    .sort();
  const codes = new Set(wanted.map((pair) => pair.split(' ')[0]));
  const found = metrics.filter(({ code }) => codes.has(code)).map(({ code, id }) => `${code} ${id}`);
  expect(found.sort()).toEqual(wanted);
});

test('ids that need no code of their own are there too', () => {
  const ids = metrics.map(({ id }) => id);
  for (const id of ['ready_to_coded_p50', 'release_to_coded_p50', 'ready_to_billed_p50', 'ready_to_billed_p90'])
    expect(ids).toContain(id);
  for (const id of [
    'ready_to_billed_km',
    'encounters',
    'registry_cases',
    'abstracted_in_6_months',
    'awaiting_analysis',
  ])
    expect(ids).toContain(id);
});

test('every check that gates a metric is one of a contract or an assert', () => {
  const known = new Set([
    ...[...readContracts().values()].flatMap(({ checks }) => checks.map(({ id }) => id)),
    ...readAsserts([sql]).map(({ name }) => name),
  ]);
  for (const { id, gatedBy } of metrics) {
    expect(gatedBy, id).not.toEqual([]);
    expect(
      gatedBy.filter((check) => !known.has(check)),
      id,
    ).toEqual([]);
  }
});

test('every dimension is used', () => {
  const used = new Set(metrics.flatMap((metric) => Object.keys(metric.dimensions)));
  expect(dimensions.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
});
