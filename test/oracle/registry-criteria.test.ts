import { expect, onTestFinished, test } from 'vitest';
import { buildInMemory, rows } from '../support/warehouse.ts';
import { drawFrom } from './chance.ts';
import { yearTold, type CriterionCase, type Expected } from './registry-criteria.ts';

const years = [2019, 2020, 2021];

const randomCases = (seed: number): readonly CriterionCase[] => {
  const { maybe, one, whole } = drawFrom(seed);
  const two = (n: number): string => String(n).padStart(2, '0');
  return Array.from({ length: 400 }, (_, i): CriterionCase => {
    const year = one(years);
    return {
      ...{ patient: `p${whole(1, 8)}`, facility: one(['n', 's']), record: String(i).padStart(3, '0') },
      ...{ site: one(['C504', 'C199', 'C209', 'C340', 'C670', 'C669']), side: one(['0', '1', '']) },
      histology: one(['8070', '8140', '8500', '8000', '8010', '9680', '9861', '9993']),
      behavior: maybe(0.9) ? '3' : one(['0', '2']),
      diagnosed: `${year}${two(maybe(0.5) ? one([1, 12]) : whole(1, 12))}${two(whole(1, 28))}`,
      county: one(['001', '003', '999', '']),
      available: maybe(0.2)
        ? ''
        : `${year + whole(0, 3)}${two(maybe(0.5) ? one([1, 11, 12]) : whole(1, 12))}${two(whole(1, 28))}`,
    };
  });
};

const randomExpected = (seed: number): readonly Expected[] => {
  const { maybe, whole } = drawFrom(seed * 7);
  return years.flatMap((year) =>
    ['', '001', '003'].flatMap((county) =>
      ['', 'C50', 'C34'].flatMap((site) => (maybe(0.4) ? [{ year, county, site, cases: whole(1, 400) / 4 }] : [])),
    ),
  );
};

test.each([1, 2, 3, 4, 5])(
  'criteria of the random registry %i equal plain loops',
  async (seed) => {
    const [cases, expected] = [randomCases(seed), randomExpected(seed)];
    const { connection, close } = await buildInMemory({
      looksAt: ['mart.registry_criterion'],
      raw: {
        source: 'source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2026-01-01 00:00:00',
        expected_cases: [
          'year | county | site | expected',
          ...expected.map((row) => [row.year, row.county, row.site, row.cases].join(' | ')),
        ].join('\n'),
        tumor: [
          'patient_key | facility_id | tumorRecordNumber | primarySite | laterality | histologicTypeIcdO3 | behaviorCodeIcdO3 | dateOfDiagnosis | countyAtDx | dateTumorRecordAvailbl',
          ...cases.map((one) =>
            [
              ...[one.patient, one.facility, one.record, one.site, one.side, one.histology, one.behavior],
              ...[one.diagnosed, one.county, one.available],
            ].join(' | '),
          ),
        ].join('\n'),
      },
    });
    onTestFinished(close);
    const found = await rows(
      connection,
      `select cast(diagnosis_year as integer) as year, criterion, standard, months, threshold, direction, numerator::int as n,
       denominator as of, is_met
     from mart.registry_criterion where criterion in ('completeness', 'duplicates', 'timeliness')`,
    );
    expect(found).toHaveLength(3 * 3 * 4);
    let twice = 0;
    for (const row of found) {
      const told = yearTold(cases, expected, Number(row.year));
      const [n, of] =
        row.criterion === 'duplicates'
          ? [told.twice, told.cases]
          : row.criterion === 'completeness'
            ? [told.expected === null ? null : told.observed, told.expected]
            : [told.inTime[row.months as 12 | 23 | 24], told.cases];
      expect([row.year, row.criterion, row.standard, row.n, row.of]).toEqual([
        ...[row.year, row.criterion, row.standard, n, of],
      ]);
      const share = n === null || of === null ? null : n / of;
      const threshold = Number(row.threshold);
      const isMet =
        share === null
          ? null
          : row.direction === 'at_least'
            ? share >= threshold
            : row.direction === 'below'
              ? share < threshold
              : share <= threshold;
      expect([row.criterion, row.is_met]).toEqual([row.criterion, isMet]);
      twice += told.twice;
    }
    expect(twice).toBeGreaterThan(50);
  },
  60_000,
);
