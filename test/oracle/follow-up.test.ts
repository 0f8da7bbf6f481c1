import { expect, onTestFinished, test } from 'vitest';
import { askOf } from '../support/ask.ts';
import { drawFrom } from './chance.ts';
import { followUp } from './follow-up.ts';

const two = (n: number): string => String(n).padStart(2, '0');

test.each([1, 2])(
  'follow-up of random registry %i',
  async (seed) => {
    const { maybe, one, whole } = drawFrom(seed);
    const day = (first: number, last: number): string =>
      `${whole(first, last)}${two(whole(1, 12))}${two(whole(1, 28))}`;
    const abstracts = Array.from({ length: 600 }, (_, i) => ({
      patient_key: `p${i}`,
      primarySite: one(['C504', 'C539', 'C443', 'C700']),
      histologicTypeIcdO3: one(['8049', '8050', '8070', '8110', '8111', '8500']),
      behaviorCodeIcdO3: one(['0', '2', '3', '3', '3']),
      classOfCase: one(['00', '10', '14', '22', '30', '49']),
      dateOfDiagnosis: day(2005, 2022),
      dateOfBirth: day(1916, 1990),
      vitalStatus: one(['0', '1', '1']),
      dateOfLastContact: maybe(0.1) ? null : day(2019, 2022),
      summaryStage2018: one(['0', '1', '2', '7', '9']),
      addrAtDxCountry: one([null, 'USA', 'USA', 'MEX']),
    }));
    const columns = Object.keys(abstracts[0]!);
    const lines = abstracts.map((each) =>
      Object.values(each)
        .map((value) => value ?? '')
        .join(' | '),
    );
    const { values, close } = await askOf(['follow_up_rate', 'follow_up_rate_5_years', 'follow_up_rate_living'], {
      source: `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2022-12-29 00:00:00`,
      tumor: [columns.join(' | '), ...lines].join('\n'),
    });
    onTestFinished(close);
    const expected = followUp(abstracts, '20221228');
    expect(expected.follow_up_rate).toBeGreaterThan(0.3);
    expect(await values('follow_up_rate', 'follow_up_rate_5_years', 'follow_up_rate_living')).toEqual(expected);
  },
  120_000,
);
