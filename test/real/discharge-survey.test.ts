import { expect, test } from 'vitest';
import { sharedData } from '../support/shared-data.ts';
import { ranWorkspace } from './workspace.ts';

const survey = sharedData('nhds-2010', 'nhds2010.csv.gz');

test.skipIf(survey === null)('the discharge survey gives its known answers', () => {
  const real = ranWorkspace(`path: '${survey!}', format: csv, mapping: nhds-2010, privacy: limited_data_set`);
  const stays = real.first(`
    select sum(survey_weight) as weight, sum(survey_weight * los_days) / sum(survey_weight) as days
    from core.encounter where not is_newborn`);
  expect(stays.weight).toBe(35_078_560);
  expect(stays.days).toBeCloseTo(4.7828, 4);
  const codes = real.first(`
    select count(*) as n, count(*) filter (seq = 1 and code like '0%') as zero
    from core.encounter_code where code_set = 'ICD9CM'`);
  expect(codes).toEqual({ n: 1_105_849, zero: 5_079 });
});
