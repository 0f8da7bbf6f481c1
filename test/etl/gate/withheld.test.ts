import { expect, test } from 'vitest';
import { questionsOf } from '../../../etl/gate/questions.ts';
import { contracts } from '../../support/landing.ts';

const rulesIn = (privacy: 'safe_harbor' | 'limited_data_set'): readonly string[] =>
  questionsOf(contracts.get('encounter')!, { privacy, isInstant: false, neverFilled: [] }).map(({ rule }) => rule);

test('a month is counted as withheld in safe_harbor alone, and refuses no row', () => {
  expect(rulesIn('safe_harbor')).toContain('withheld:discharge_month');
  expect(rulesIn('limited_data_set')).not.toContain('withheld:discharge_month');
  const [question] = questionsOf(contracts.get('encounter')!, {
    privacy: 'safe_harbor',
    isInstant: false,
    neverFilled: [],
  }).filter(({ rule }) => rule === 'withheld:discharge_month');
  expect(question?.severity).toBe('warn');
});
