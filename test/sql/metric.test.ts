import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readContracts } from '../../etl/contract/contract.ts';
import { readAsserts } from '../../warehouse/assert.ts';
import { readChecks } from '../../warehouse/check/read-checks.ts';
import { readMetricFolders } from '../../warehouse/metric/read-metrics.ts';

const sql = fileURLToPath(new URL('../../sql', import.meta.url));
const { metrics, dimensions } = readMetricFolders([`${sql}/metric`]);

/** Ids that outside tools rely on, with their codes. */
const promised = `
  CA1 code_accuracy_auditor · CA1p code_accuracy_auditor_penalised · CA1w code_accuracy_auditor_weighted
  CA1f code_accuracy_auditor_focused · CA2 code_accuracy_coder · CA3 code_accuracy_all
  CA4 code_precision · CA4 code_recall · CA4 code_f1 · CA5 error_free_records · CA5f error_free_records_focused
  CA6 drg_accuracy · CA6d drg_accuracy_documentation · CA6f drg_accuracy_focused · CA7 pdx_accuracy
  CA8 sdx_accuracy_auditor · CA8 sdx_accuracy_coder · CA8 sdx_accuracy_all
  CA9 cc_mcc_accuracy · CA9a cc_mcc_added · CA9r cc_mcc_removed · CA10 poa_accuracy
  CA11 pcs_accuracy_auditor · CA11 pcs_accuracy_coder · CA11 pcs_accuracy_all
  CA11 cpt_accuracy_auditor · CA11 cpt_accuracy_coder · CA11 cpt_accuracy_all · CA11 modifier_accuracy
  CA12 disposition_accuracy · CA13 abstracting_accuracy
  CA15 total_accuracy_inpatient · CA15 total_accuracy_outpatient
  CA16 em_level_accuracy · CA16 em_overcoded · CA16 em_undercoded · CA18 weighted_score
  CA19 code_accuracy_before_rebuttal · CA19 rebuttal_rate · CA19 rebuttal_overturn_rate · CA19 rebuttal_partial_rate
  CA20 audit_coverage · CA20n audited_records
  FI1 drg_weight_change_net · FI2 drg_weight_change_gross · FI3 drg_weight_undercoded · FI4 drg_weight_overcoded
  FI5 cmi_effect · FI6 dollar_effect · FI7 overpayment_error_rate
  AG1 auditor_agreement_drg · AG2 auditor_kappa_drg · AG3 auditor_pabak_drg · AG4 auditor_prevalence_drg
  AG5 auditor_positive_agreement_drg · AG6 auditor_negative_agreement_drg · AG7 auditor_agreement_pdx
  AG8 auditor_kappa_pdx · AG8c3 auditor_kappa_pdx_3 · AG8c4 auditor_kappa_pdx_4
  RC10 deficiency_turnaround_p50 · RC10 deficiency_turnaround_p90 · RC4 complete_in_30_days
  RC3 delinquency_rate · RC3b delinquency_rate_previous_month · RC3c delinquency_rate_cohort
  RC15 discharge_to_coded_p50 · RC15 discharge_to_coded_p90 · RC15 discharge_to_coded_km
  FB1 dnfb_days · FB1d dnfb_dollars · FB1n dnfb_accounts · FB3 fbns_days · FB4 dnsp_days · FB5 dnfb_him_share
  FB6 dnfb_past_hold_accounts · RC16 coded_to_billed_p50 · RC16 coded_to_billed_p90 · RC16 discharge_to_billed_p50
  RC16 discharge_to_billed_p90 · RC16 discharge_to_billed_km · RC17 hold_days · CF1 casefinding_net
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

test('every check that gates a metric is one of a contract, of sql/check or an assert', () => {
  const known = new Set([
    ...[...readContracts().values()].flatMap(({ checks }) => checks.map(({ id }) => id)),
    ...readAsserts([sql]).map(({ name }) => name),
    ...readChecks([sql]).flatMap(({ checks }) => checks.map(({ id }) => id)),
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
