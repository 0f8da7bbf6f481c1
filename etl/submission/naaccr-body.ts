import type { DuckDBConnection } from '@duckdb/node-api';
import { readRows } from '../../warehouse/rows.ts';
import type { NaaccrItem } from '../naaccr/dictionary/dictionary.ts';
import type { NaaccrItems } from '../naaccr/dictionary/items-of.ts';
import { Flaws, type Body } from './body.ts';
import { CaseItems, idIn } from './case-items.ts';
import { caseRow, caseRows, patientSlices, shownKey, tumorColumns, type CaseRow } from './case-rows.ts';
import { csvLine } from './csv-line.ts';
import { Joined, type ReleasedCase } from './kept-apart/joined.ts';
import type { KeptApart } from './kept-apart/kept-apart.ts';
import { patientsOf, type SentCase, type SentPatient } from './patient.ts';
import type { NaaccrProfile } from './profile.ts';
import type { RowDigest } from './row-digest.ts';
import { batchesOf } from './rows-of.ts';
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
  /** Where names and texts come from; null: none are sent. */
  readonly keptApart: KeptApart | null;
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

/** What would be sent of each case, in order, and nothing written. */
export const digestsOf = async function* (source: Omit<NaaccrSource, 'onRow'>): AsyncGenerator<RowDigest> {
  const met: RowDigest[] = [];
  const { cases } = await readingOf({ ...source, onRow: (row) => met.push(row) });
  for await (const _each of cases()) yield* met.splice(0);
};

interface Reading {
  readonly cases: () => AsyncIterable<SentCase>;
  readonly flaws: Flaws;
  readonly body: Omit<Body, 'text' | 'patients'>;
}

const readingOf = async (source: NaaccrSource): Promise<Reading> => {
  const { connection, profile, items, judged, onRow, keptApart } = source;
  const columns = (await tumorColumns(connection)).filter((name) => itemId.test(name));
  const asked = profile.items?.map((id) => idIn(items, id)) ?? null;
  const caseItems = new CaseItems(items, { ...profile, items: asked });
  const required = profile.required.map((id) => idIn(items, id));
  const tally = new Tally(required, onRow, keptApart?.digestOf);
  const flaws = new Flaws();
  const joined = keptApart === null ? null : new Joined(keptApart.abstracts, items, flaws);
  const places = new Map(columns.map((name, i) => [name, i]));
  const released = ({ key, values }: CaseRow): ReleasedCase => ({
    key,
    value: (item) => values[places.get(item) ?? -1] ?? null,
  });
  const sentOf = ({ key, year, values, given }: CaseRow, apart: Iterable<readonly [string, string]>): SentCase => {
    const sent = caseItems.of([...columns.map((name, i) => [name, values[i] ?? null] as const), ...given, ...apart]);
    tally.take({ key, year, values: [sent.patient, sent.tumor] });
    if (!sent.patient.has('patientIdNumber')) flaws.add(noPatientId, [shownKey(key)]);
    return { key, ...sent };
  };
  const cases = async function* (): AsyncGenerator<SentCase> {
    for (const slice of await patientSlices(connection, judged))
      for await (const rows of batchesOf(connection, caseRows(judged, columns, slice))) {
        if (joined === null) for (const row of rows) yield sentOf(caseRow(row), []);
        else
          for (const some of inParts(rows)) {
            const batch = some.map(caseRow);
            const apart = await joined.of(batch.map(released));
            for (const [i, row] of batch.entries()) yield sentOf(row, apart[i]!);
          }
      }
  };
  return { cases, flaws, body: { tally, flaws: () => flaws.all, skipped: () => caseItems.skipped } };
};

const noPatientId = {
  ...{ rule: 'patient-id', item: 'patientIdNumber' },
  says: 'An abstract has none: its patient cannot be told.',
};

/** Full abstracts that are in memory at once: each may hold some ten thousand letters. */
const partRows = 500;

const inParts = function* <T>(rows: Iterable<T>): Generator<readonly T[]> {
  let part: T[] = [];
  for (const row of rows) {
    part.push(row);
    if (part.length < partRows) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
};

/** What we derive from the items is written in our own way, NAACCR's ids are not: none has an underline. */
const itemId = /^[a-z][a-zA-Z0-9]*$/;

/** Items a case may be sent with, in the dictionary's order. */
const columnsOf = async ({ connection, profile, items, keptApart }: NaaccrSource): Promise<readonly string[]> => {
  const rows = await readRows(connection, 'select distinct naaccrId as id from core.tumor_item');
  const apart = keptApart?.abstracts.items ?? [];
  const met = new Set([...(await tumorColumns(connection)), ...rows.map(({ id }) => String(id)), ...apart]);
  const allowed = (item: NaaccrItem): boolean =>
    item.level !== 'NaaccrData' &&
    item.recordTypes.includes(profile.recordType) &&
    (profile.items === null ? met.has(item.id) : profile.items.includes(item.id));
  return [...items.values()].filter(allowed).map(({ id }) => id);
};
