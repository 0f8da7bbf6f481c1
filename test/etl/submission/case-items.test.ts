import { expect, test } from 'vitest';
import type { NaaccrItem, RecordType } from '../../../etl/naaccr/dictionary/dictionary.ts';
import { CaseItems, padded } from '../../../etl/submission/case-items.ts';

const item = (id: string, more: Partial<NaaccrItem> = {}): NaaccrItem => ({
  ...{ id, number: '1', name: null, length: 4, recordTypes: ['A', 'M', 'C', 'I'], level: 'Tumor', type: 'text' },
  ...{ padding: 'none', isTrimmed: false },
  ...more,
});
const dictionary = (...items: readonly NaaccrItem[]) => new Map(items.map((each) => [each.id, each]));
const ofType = (recordType: RecordType, items: readonly string[] | null = null) => ({ recordType, items });

test('digits are padded where the dictionary says so, and nothing else is touched', () => {
  const age = { padding: 'leftZero', length: 3 } as const;
  expect(['7', '007', '1234', 'C5', ''].map((value) => padded(age, value))).toEqual(['007', '007', '1234', 'C5', '']);
  expect(padded({ padding: 'none', length: 3 }, '7')).toBe('7');
});

test('what the dictionary does not know, the record type bars or nobody asked for is counted and not sent', () => {
  const items = dictionary(
    item('primarySite'),
    item('laterality'),
    item('nameLast', { recordTypes: ['A', 'M', 'C'] }),
    item('registryId', { level: 'NaaccrData' }),
  );
  const given = [
    ['primarySite', 'C504'],
    ['laterality', '1'],
    ['nameLast', 'x'],
    ['stateItem', '1'],
    ['registryId', '0000000001'],
    ['grade', null],
    ['stage', ''],
  ] as const;
  const all = new CaseItems(items, ofType('I', ['primarySite', 'nameLast', 'stateItem', 'registryId']));
  expect([...all.of(given).tumor]).toEqual([['primarySite', 'C504']]);
  all.of(given);
  expect(Object.fromEntries([...all.skipped].map(([id, { why, count }]) => [id, `${why} ${count}`]))).toEqual({
    laterality: 'not-asked-for 2',
    nameLast: 'record-type 2',
    stateItem: 'not-in-dictionary 2',
  });
  expect([...new CaseItems(items, ofType('C')).of(given).tumor.keys()]).toEqual([
    'primarySite',
    'laterality',
    'nameLast',
  ]);
});

test('sex and sexAssignedAtBirth stand for each other across versions, in the codes that mean the same', () => {
  const v26 = dictionary(item('sexAssignedAtBirth', { level: 'Patient', length: 1 }));
  const v25 = dictionary(item('sex', { level: 'Patient', length: 1 }));
  const sent = (items: typeof v26, given: readonly (readonly [string, string])[]) => {
    const made = new CaseItems(items, ofType('I'));
    return [Object.fromEntries(made.of(given).patient), [...made.skipped.keys()]];
  };
  expect(sent(v26, [['sex', '2']])).toEqual([{ sexAssignedAtBirth: '2' }, []]);
  expect(sent(v26, [['sex', '9']])).toEqual([{ sexAssignedAtBirth: '9' }, []]);
  expect(sent(v26, [['sex', '3']])).toEqual([{}, ['sex']]);
  expect(sent(v25, [['sexAssignedAtBirth', '1']])).toEqual([{ sex: '1' }, []]);
  // Where both are told, each dictionary has its own.
  const both = [
    ['sex', '3'],
    ['sexAssignedAtBirth', '2'],
  ] as const;
  expect(sent(v26, both)).toEqual([{ sexAssignedAtBirth: '2' }, ['sex']]);
  expect(sent(v25, both)).toEqual([{ sex: '3' }, ['sexAssignedAtBirth']]);
});
