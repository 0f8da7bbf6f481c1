import type { NaaccrDictionary, RecordType } from '../dictionary/dictionary.ts';
import { itemsOf } from '../dictionary/items-of.ts';
import { naaccrNamespace } from '../root.ts';
import { patientOnce, PatientIds } from '../rule/patient-once.ts';
import { rootFlaws } from '../rule/root.ts';
import { NaaccrWriteError } from './write-error.ts';
import { escaped } from './prepared-value.ts';
import { isWhole, WritableItems, type ItemValues, type OnFlaw } from './writable-items.ts';

/** What a file is, besides its patients. */
export interface NaaccrFile {
  /** The base dictionary, whole. */
  readonly base: NaaccrDictionary;
  readonly users?: readonly NaaccrDictionary[];
  readonly recordType: RecordType;
  /** xsd:dateTime; never taken from the clock, so that the same data makes the same bytes. Left out where null. */
  readonly timeGenerated: string | null;
  /** Items of the root. */
  readonly items?: ItemValues;
  /** Ids in the order Items are to stand; the order of the dictionaries where left out. */
  readonly order?: readonly string[];
  /** Told of each item or patient that cannot be written, which goes on without it; where left out, the first is thrown. */
  readonly onFlaw?: OnFlaw;
}

/** A patient with all tumors of theirs. */
export interface NaaccrPatient {
  readonly items: ItemValues;
  readonly tumors: readonly ItemValues[];
}

/** What was written. */
export interface Written {
  readonly patients: number;
  readonly tumors: number;
  /** Items with a value. */
  readonly items: number;
  /** Characters that XML cannot hold and that were left out. */
  readonly dropped: number;
}

/** Characters that are handed on at once. */
const pieceLength = 1 << 16;

/**
 * A NAACCR XML file of specification 1.8, piece by piece, patients in the order they come. Memory holds one patient.
 *
 * @returns what was written, once all pieces were taken
 * @throws NaaccrWriteError before the first piece, when the dictionaries do not fit, are no whole ones or name another version;
 *   at a patient, when it cannot be written (WritableItems), has no patientIdNumber, or one that was written before
 */
export async function* naaccrXml(
  file: NaaccrFile,
  patients: AsyncIterable<NaaccrPatient> | Iterable<NaaccrPatient>,
): AsyncGenerator<string, Written> {
  const items = writableItems(file);
  let text = head(file) + items.text(file.items ?? [], 'NaaccrData', { patient: null, tumor: null });
  const ids = new PatientIds();
  let patient = 0;
  let tumors = 0;
  for await (const { items: values, tumors: each } of patients) {
    patient++;
    const own = items.text(values, 'Patient', { patient, tumor: null });
    const second = flawOfId(own, ids, patient);
    if (second !== null && file.onFlaw === undefined) throw second;
    if (second !== null) file.onFlaw?.(second);
    text += `    <Patient>\n${own}`;
    for (const [i, tumor] of each.entries())
      text += `        <Tumor>\n${items.text(tumor, 'Tumor', { patient, tumor: i + 1 })}        </Tumor>\n`;
    text += '    </Patient>\n';
    tumors += each.length;
    if (text.length >= pieceLength) {
      yield text;
      text = '';
    }
  }
  yield `${text}</NaaccrData>\n`;
  return { patients: patient, tumors, items: items.written, dropped: items.dropped };
}

const nowhere = { patient: null, tumor: null };

const writableItems = (file: NaaccrFile): WritableItems => {
  const { base, users = [], recordType, timeGenerated, order, onFlaw } = file;
  for (const dictionary of [base, ...users])
    if (!isWhole(dictionary))
      throw new NaaccrWriteError(
        'base-dictionary-absent',
        `The dictionary ${dictionary.uri} is not whole: items without length cannot be written`,
        nowhere,
        null,
      );
  const uris = { base: base.uri, user: users.map(({ uri }) => uri) };
  const dictionaries = itemsOf(uris, [base, ...users]);
  const root = {
    ...{ name: 'NaaccrData', namespace: naaccrNamespace, baseDictionaryUri: base.uri, line: 1 },
    ...{ userDictionaryUri: uris.user.join(' '), recordType, specificationVersion: '1.8', timeGenerated },
    hasOtherAttributes: false,
  };
  const [broken] = rootFlaws(root, dictionaries);
  if (broken) throw new NaaccrWriteError(broken.rule, broken.says, nowhere, null);
  return new WritableItems(dictionaries.items, recordType, order, onFlaw ?? null);
};

const head = ({ base, users = [], recordType, timeGenerated }: NaaccrFile): string => {
  const attributes = [
    ['baseDictionaryUri', base.uri],
    ...(users.length > 0 ? [['userDictionaryUri', users.map(({ uri }) => uri).join(' ')]] : []),
    ['recordType', recordType],
    ...(timeGenerated === null ? [] : [['timeGenerated', timeGenerated]]),
    ['specificationVersion', '1.8'],
    ['xmlns', naaccrNamespace],
  ].map(([name, value]) => `${name}="${escaped(value!).replaceAll('"', '&quot;')}"`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<NaaccrData ${attributes.join('\n            ')}>\n`;
};

/** Tumors are grouped by patientIdNumber: a Patient without one, or two of one, would be read as other people. */
const flawOfId = (items: string, ids: PatientIds, patient: number): NaaccrWriteError | null => {
  const id = /<Item naaccrId="patientIdNumber">([^<]*)</.exec(items)?.[1];
  const place = { patient, tumor: null };
  if (id === undefined)
    return new NaaccrWriteError(patientOnce.code, 'There is no patientIdNumber', place, 'patientIdNumber');
  return ids.meet(id) ? new NaaccrWriteError(patientOnce.code, patientOnce.says, place, 'patientIdNumber') : null;
};
