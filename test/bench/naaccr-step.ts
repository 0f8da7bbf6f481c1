// One step of the NAACCR figures, in a process of its own: write|validate|read|bare-write|dictionary FILE [tumors or bytes].
import { createReadStream, createWriteStream, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { baseUriOf, type NaaccrItem } from '../../etl/naaccr/dictionary/dictionary.ts';
import { validateText } from '../../etl/naaccr/validate/validate-text.ts';
import type { NaaccrPatient } from '../../etl/naaccr/write/naaccr-xml.ts';
import { writeNaaccrFile } from '../../etl/naaccr/write/write-file.ts';
import { textOf } from '../../etl/naaccr/xml/text-of.ts';
import { factTableDictionary } from '../../etl/read/naaccr-fact-table.ts';
import { itemsPerTumor } from './naaccr-figures.ts';

const [step, file = '', size = ''] = process.argv.slice(2);
// The items of the tumor contract as if they were all there are: none is unknown, all are judged.
const base = { ...factTableDictionary(baseUriOf('260'))!, isPartial: false };
const tumorItems = base.items.filter(({ level }) => level === 'Tumor').slice(0, itemsPerTumor);

/** Items that the warehouse holds to their shape before a row lands. */
const shaped: Readonly<Record<string, string>> = {
  ...{ primarySite: 'C50', histologicTypeIcdO3: '850', behaviorCodeIcdO3: '' },
};

const valueOf = ({ id, type, length }: NaaccrItem, i: number): string => {
  if (shaped[id] !== undefined) return `${shaped[id]}${id === 'behaviorCodeIcdO3' ? 3 : i % 10}`;
  const letters = 'ABCDEFGHIJ';
  const filled = (alphabet: string): string => alphabet[i % 10]!.repeat(length!);
  if (type === 'date') return `20${String(10 + (i % 16))}0${1 + (i % 9)}1${i % 10}`;
  if (type === 'digits') return filled('0123456789');
  if (type === 'numeric') return String(i % 10);
  if (type === 'alpha' || type === 'mixed') return filled(letters);
  return letters[i % 10]!.repeat(Math.min(length!, 12));
};

const patients = function* (tumors: number): Generator<NaaccrPatient> {
  // Ten kinds of tumors are enough: what is measured is writing, not making up.
  const kinds = Array.from({ length: 10 }, (_, i) => tumorItems.map((item) => [item.id, valueOf(item, i)] as const));
  for (let i = 0; i < tumors; i++)
    yield { items: [['patientIdNumber', String(i).padStart(8, '0')]], tumors: [kinds[i % 10]!] };
};

/** The dictionary those items make, as the official ones are written. */
const dictionaryText = (): string => {
  const attributes = (item: NaaccrItem): string =>
    Object.entries({
      ...{ naaccrId: item.id, naaccrNum: item.number, naaccrName: item.id, length: item.length },
      ...{ recordTypes: item.recordTypes.join(','), parentXmlElement: item.level, dataType: item.type },
      ...(item.padding === 'leftZero' ? { padding: 'leftZero' } : {}),
    })
      .map(([name, value]) => `${name}="${value}"`)
      .join(' ');
  return `<?xml version="1.0"?>
<NaaccrDictionary dictionaryUri="${base.uri}" naaccrVersion="260" specificationVersion="1.8" xmlns="http://naaccr.org/naaccrxml">
  <ItemDefs>
${base.items.map((item) => `    <ItemDef ${attributes(item)}/>`).join('\n')}
  </ItemDefs>
</NaaccrDictionary>
`;
};

const steps: Readonly<Record<string, () => Promise<unknown>>> = {
  write: () => writeNaaccrFile(file, { base, recordType: 'I', timeGenerated: null }, patients(Number(size))),
  validate: async () => {
    const { errors } = await validateText(textOf(file), { dictionaries: [base], onFinding: () => {} });
    if (errors > 0) throw new Error(`${errors} errors in a file that was to be valid`);
  },
  read: async () => {
    for await (const _piece of createReadStream(file, { highWaterMark: 1 << 16 }));
  },
  dictionary: async () => {
    writeFileSync(file, dictionaryText());
  },
  'bare-write': () => {
    const piece = Buffer.alloc(1 << 16, 'x');
    const count = Math.ceil(Number(size) / piece.length);
    return pipeline(Readable.from(Array.from({ length: count }, () => piece)), createWriteStream(file));
  },
};
await steps[step ?? '']!();
