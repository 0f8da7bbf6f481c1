import type { Stays } from './random-stays.ts';

const order = ['baseline', 'working', 'final', 'billed', 'audited', 'payer'];

/** Steps of inpatients' MS-DRGs from stage to stage: what was gained and lost. */
export const drgSteps = (hospital: Stays): Record<string, number | null> => {
  let [gain, loss, changed, records, apart] = [0, 0, 0, 0, 0];
  for (const { encounter_id, patient_class } of hospital.encounter) {
    if (patient_class !== 'inpatient') continue;
    const way = order.flatMap((stage) =>
      hospital.encounter_drg.filter(
        (row) => row.encounter_id === encounter_id && row.stage === stage && row.drg_type === 'MS',
      ),
    );
    for (let i = 1; i < way.length; i++) {
      const [from, to] = [way[i - 1]!, way[i]!];
      const isTold = from.relative_weight !== null && to.relative_weight !== null && to.drg_version !== null;
      if (!isTold || from.drg_version !== to.drg_version) {
        apart++;
        continue;
      }
      const change =
        Math.round(Number(to.relative_weight) * 10_000) - Math.round(Number(from.relative_weight) * 10_000);
      gain += Math.max(0, change);
      loss += Math.max(0, -change);
      records++;
      if (from.drg_code !== to.drg_code) changed++;
    }
  }
  return {
    drg_step_gain: gain / 10_000,
    drg_step_loss: loss / 10_000,
    drg_step_change: records === 0 ? null : (gain - loss) / 10_000 / records,
    drg_step_changed: records === 0 ? null : changed / records,
    drg_step_records: records,
    drg_step_not_comparable: apart,
  };
};
