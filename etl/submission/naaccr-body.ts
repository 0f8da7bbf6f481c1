import type { DuckDBConnection } from '@duckdb/node-api';
import { readRows } from '../../warehouse/rows.ts';
import type { NaaccrItem } from '../naaccr/dictionary/dictionary.ts';
import type { NaaccrItems } from '../naaccr/dictionary/items-of.ts';
import { Flaws, type Body } from './body.ts';
import { CaseItems, idIn } from './case-items.ts';
import { caseRows, patientSlices, shownKey, tumorColumns } from './case-rows.ts';
import { csvLine } from './csv-line.ts';
import { patientsOf, type SentCase, type SentPatient } from './patient.ts';
import type { NaaccrProfile } from './profile.ts';
import type { RowDigest, RowKey } from './row-digest.ts';
import { rowsOf, type TextRow } from './rows-of.ts';
import { Tally } from './tally.ts';

/** What a file of tumor abstracts is made of. */
export interface NaaccrSource {
  readonly connection: DuckDBConnection;
  readonly profile: NaaccrProfile;
  /** Of the dictionaries the file names. */
  readonly items: NaaccrItems;
  /** SQL of `judgedCases`. */
  readonly judged: string;
  readonly onRow: (row: RowDigest) => void;
}

/** Turns patients into the text of a file. */
export type PatientText = (patients: AsyncIterable<SentPatient>) => AsyncIterable<string>;

/** The file of tumor abstracts as NAACCR XML. */
export const xmlBody = async (source: NaaccrSource, textOf: PatientText): Promise<Body> => {
  const reading = await readingOf(source);
  let patients = 0;
  const counted = async function* (): AsyncGenerator<SentPatient> {
    for await (const patient of patientsOf(reading.cases(), ({ item, keys }) =>
      reading.flaws.disagreement({ item, keys: [shownKey(keys[0]), shownKey(keys[1])] }),
    )) {
      patients++;
      yield patient;
    }
  };
  return { ...reading.body, text: textOf(counted()), patients: () => patients };
};

/** The same as a line a tumor under a header of NAACCR ids, the patient's items repeated. */
export const csvBody = async (source: NaaccrSource): Promise<Body> => {
  const reading = await readingOf(source);
  const header = await columnsOf(source);
  const seen = new Set<string>();
  const text = async function* (): AsyncGenerator<string> {
    yield csvLine(header);
    for await (const { patient, tumor } of reading.cases()) {
      const id = patient.get('patientIdNumber');
      if (id !== undefined) seen.add(id);
      yield csvLine(header.map((name) => patient.get(name) ?? tumor.get(name) ?? null));
    }
  };
  return { ...reading.body, text: text(), patients: () => seen.size };
};

interface Reading {
  readonly cases: () => AsyncIterable<SentCase>;
  readonly flaws: Flaws;
  readonly body: Omit<Body, 'text' | 'patients'>;
}

const readingOf = async ({ connection, profile, items, judged, onRow }: NaaccrSource): Promise<Reading> => {
  const columns = (await tumorColumns(connection)).filter((name) => itemId.test(name));
  const asked = profile.items?.map((id) => idIn(items, id)) ?? null;
  const caseItems = new CaseItems(items, { ...profile, items: asked });
  const tally = new Tally(
    profile.required.map((id) => idIn(items, id)),
    onRow,
  );
  const flaws = new Flaws();
  const isPatients = (id: string): boolean => items.get(id)!.level === 'Patient';
  const rowsInOrder = async function* (): AsyncGenerator<TextRow> {
    for (const slice of await patientSlices(connection, judged))
      yield* rowsOf(connection, caseRows(judged, columns, slice));
  };
  const cases = async function* (): AsyncGenerator<SentCase> {
    for await (const [key, ids, texts, year, ...values] of rowsInOrder()) {
      const more = (ids ?? []) as readonly string[];
      const sent = caseItems.of([
        ...columns.map((name, i) => [name, values[i] as string | null] as const),
        ...more.map((id, i) => [id, texts![i]!] as const),
      ]);
      const name = key as RowKey;
      tally.take({ key: name, year: year === null ? null : Number(year), values: sent });
      if (!sent.has('patientIdNumber'))
        flaws.add(
          { rule: 'patient-id', item: 'patientIdNumber', says: 'An abstract has none: its patient cannot be told.' },
          [shownKey(name)],
        );
      yield {
        key: name,
        patient: new Map([...sent].filter(([id]) => isPatients(id))),
        tumor: new Map([...sent].filter(([id]) => !isPatients(id))),
      };
    }
  };
  return { cases, flaws, body: { tally, flaws: () => flaws.all, skipped: () => caseItems.skipped } };
};

/** What we derive from the items is written in our own way, NAACCR's ids are not: none has an underline. */
const itemId = /^[a-z][a-zA-Z0-9]*$/;

/** Items a case may be sent with, in the dictionary's order. */
const columnsOf = async ({ connection, profile, items }: NaaccrSource): Promise<readonly string[]> => {
  const rows = await readRows(connection, 'select distinct naaccrId as id from core.tumor_item');
  const met = new Set([...(await tumorColumns(connection)), ...rows.map(({ id }) => String(id))]);
  const allowed = (item: NaaccrItem): boolean =>
    item.level !== 'NaaccrData' &&
    item.recordTypes.includes(profile.recordType) &&
    (profile.items === null ? met.has(item.id) : profile.items.includes(item.id));
  return [...items.values()].filter(allowed).map(({ id }) => id);
};
