import { compareKeys, type RowDigest } from '../row-digest.ts';

/** What is known of a patient's tumors, by tumorRecordNumber. */
export interface PatientDigests {
  readonly patient: string;
  readonly tumors: ReadonlyMap<string, RowDigest>;
}

/** Where patient and number stand in the key of an abstract. */
const [patientPart, tumorPart] = [0, 3] as const;

/** Rows in the order of their keys, patient by patient. A number names the tumor, whatever else of its key was corrected. */
export const byPatient = async function* (rows: AsyncIterable<RowDigest>): AsyncGenerator<PatientDigests> {
  let patient: string | null = null;
  let tumors = new Map<string, RowDigest>();
  for await (const row of rows) {
    if (patient !== null && patient !== row.key[patientPart]) {
      yield { patient, tumors };
      tumors = new Map();
    }
    patient = row.key[patientPart]!;
    tumors.set(row.key[tumorPart]!, row);
  }
  if (patient !== null) yield { patient, tumors };
};

/**
 * What was last sent of each tumor in several packages.
 *
 * @param packages oldest first, each in the order of its keys
 */
export const lastSent = async function* (
  packages: readonly AsyncIterable<RowDigest>[],
): AsyncGenerator<PatientDigests> {
  const readers = packages.map((rows) => byPatient(rows));
  const heads = await Promise.all(readers.map(next));
  for (;;) {
    const patients = heads.flatMap((head) => (head === null ? [] : [head.patient]));
    if (patients.length === 0) return;
    const patient = patients.reduce((least, one) => (comparePatients(one, least) < 0 ? one : least));
    const tumors = new Map<string, RowDigest>();
    for (const [i, head] of heads.entries()) {
      if (head?.patient !== patient) continue;
      for (const [number, row] of head.tumors) tumors.set(number, row);
      heads[i] = await next(readers[i]!);
    }
    yield { patient, tumors };
  }
};

/** A tumor as it stands now against what was last sent of it. */
export interface TumorChange {
  readonly what: 'added' | 'modified' | 'unmodified' | 'gone';
  /** As it is now; of what is gone as it was. */
  readonly row: RowDigest;
}

/** Holds what stands now against what was sent, tumor by tumor. */
export const changesSince = async function* (
  sent: AsyncGenerator<PatientDigests>,
  now: AsyncGenerator<PatientDigests>,
): AsyncGenerator<TumorChange> {
  let [was, is] = [await next(sent), await next(now)];
  while (was !== null || is !== null) {
    const order = was === null ? 1 : is === null ? -1 : comparePatients(was.patient, is.patient);
    const before = order <= 0 ? was!.tumors : new Map<string, RowDigest>();
    const after = order >= 0 ? is!.tumors : new Map<string, RowDigest>();
    for (const [number, row] of after) {
      const known = before.get(number);
      yield { what: known === undefined ? 'added' : known.digest === row.digest ? 'unmodified' : 'modified', row };
    }
    for (const [number, row] of before) if (!after.has(number)) yield { what: 'gone', row };
    if (order <= 0) was = await next(sent);
    if (order >= 0) is = await next(now);
  }
};

const next = async <T>(rows: AsyncGenerator<T>): Promise<T | null> => {
  const step = await rows.next();
  return step.done === true ? null : step.value;
};

const comparePatients = (one: string, other: string): number => compareKeys([one], [other]);
