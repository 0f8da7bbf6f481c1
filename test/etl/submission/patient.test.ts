import { expect, test } from 'vitest';
import { patientsOf, type Disagreement, type SentCase } from '../../../etl/submission/patient.ts';

const collected = async <T>(given: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = [];
  for await (const each of given) all.push(each);
  return all;
};

const given = async function* (
  ...cases: readonly (readonly [string, Record<string, string>, Record<string, string>])[]
): AsyncGenerator<SentCase> {
  for (const [key, patient, tumor] of cases)
    yield { key: [key], patient: new Map(Object.entries(patient)), tumor: new Map(Object.entries(tumor)) };
};
const put = async (cases: AsyncIterable<SentCase>) => {
  const found: Disagreement[] = [];
  const patients = await collected(patientsOf(cases, (each) => found.push(each)));
  return {
    found,
    patients: patients.map(({ items, tumors }) => [
      Object.fromEntries(items),
      tumors.map((tumor) => Object.fromEntries(tumor)),
    ]),
  };
};

test('tumors of one patientIdNumber are one patient; a next number is a next one', async () => {
  const { patients, found } = await put(
    given(
      ['a', { patientIdNumber: '1', race1: '01' }, { primarySite: 'C504' }],
      ['b', { patientIdNumber: '1' }, { primarySite: 'C509' }],
      ['c', { patientIdNumber: '2' }, { primarySite: 'C619' }],
    ),
  );
  expect(patients).toEqual([
    [{ patientIdNumber: '1', race1: '01' }, [{ primarySite: 'C504' }, { primarySite: 'C509' }]],
    [{ patientIdNumber: '2' }, [{ primarySite: 'C619' }]],
  ]);
  expect(found).toEqual([]);
});

test('what one abstract leaves out another tells; what they tell differently is named with both', async () => {
  const { patients, found } = await put(
    given(
      ['a', { patientIdNumber: '1' }, {}],
      ['b', { patientIdNumber: '1', race1: '01', vitalStatus: '1' }, {}],
      ['c', { patientIdNumber: '1', race1: '02', vitalStatus: '1' }, {}],
    ),
  );
  expect(patients).toEqual([[{ patientIdNumber: '1', race1: '01', vitalStatus: '1' }, [{}, {}, {}]]]);
  expect(found).toEqual([{ item: 'race1', keys: [['b'], ['c']] }]);
});

test('abstracts without a number are never put together; no cases are no patients', async () => {
  expect((await put(given(['a', {}, { grade: '1' }], ['b', {}, { grade: '2' }]))).patients).toHaveLength(2);
  expect((await put(given())).patients).toEqual([]);
});
