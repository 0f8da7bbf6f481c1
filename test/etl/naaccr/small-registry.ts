// A dictionary, a user dictionary and a document, small enough to read and right in everything. Tests break copies of them.
import { dictionaryOf, readWrittenDictionary } from '../../../etl/naaccr/dictionary/read-dictionary.ts';
import type { NaaccrDictionary } from '../../../etl/naaccr/dictionary/dictionary.ts';
import type { FileSummary, Finding } from '../../../etl/naaccr/validate/finding.ts';
import { validateText } from '../../../etl/naaccr/validate/validate-text.ts';
import type { ValidatorOptions } from '../../../etl/naaccr/validate/validator.ts';
import { textOf, textOfBytes } from '../../../etl/naaccr/xml/text-of.ts';

export const namespace = 'http://naaccr.org/naaccrxml';
export const baseUri = `${namespace}/naaccr-dictionary-260.xml`;
export const userUri = 'http://state.example/state-naaccr-dictionary.xml';

const base = (version: string, more = ''): string => `<?xml version="1.0"?>
<NaaccrDictionary dictionaryUri="${namespace}/naaccr-dictionary-${version}.xml" naaccrVersion="${version}" specificationVersion="1.8" xmlns="${namespace}">
<ItemDefs>
<ItemDef naaccrId="recordType" naaccrNum="10" length="1" recordTypes="A,M,C,I" parentXmlElement="NaaccrData"/>
<ItemDef naaccrId="registryId" naaccrNum="40" length="10" recordTypes="A,M,C,I" parentXmlElement="NaaccrData" dataType="digits" padding="leftZero"/>
<ItemDef naaccrId="naaccrRecordVersion" naaccrNum="50" length="3" recordTypes="A,M,C,I" parentXmlElement="NaaccrData" dataType="digits"/>
<ItemDef naaccrId="patientIdNumber" naaccrNum="20" length="8" recordTypes="A,M,C,I" parentXmlElement="Patient" dataType="digits" padding="leftZero"/>
<ItemDef naaccrId="nameLast" naaccrNum="2230" length="40" recordTypes="A,M,C" parentXmlElement="Patient"/>
<ItemDef naaccrId="dateOfBirth" naaccrNum="240" length="8" recordTypes="A,M,C,I" parentXmlElement="Patient" dataType="date"/>
<ItemDef naaccrId="primarySite" naaccrNum="400" length="4" recordTypes="A,M,C,I" parentXmlElement="Tumor"/>
<ItemDef naaccrId="addrAtDxState" naaccrNum="80" length="2" recordTypes="A,M,C,I" parentXmlElement="Tumor" dataType="alpha"/>
<ItemDef naaccrId="schemaId" naaccrNum="3800" length="5" recordTypes="A,M,C,I" parentXmlElement="Tumor" dataType="mixed"/>
<ItemDef naaccrId="tumorSize" naaccrNum="756" length="5" recordTypes="A,M,C,I" parentXmlElement="Tumor" dataType="numeric"/>
<ItemDef naaccrId="ageAtDiagnosis" naaccrNum="230" length="3" recordTypes="A,M,C,I" parentXmlElement="Tumor" dataType="digits" padding="leftZero"/>
<ItemDef naaccrId="tnmEditionNumber" naaccrNum="1060" length="2" recordTypes="A,M,C,I" parentXmlElement="Tumor" padding="leftZero"/>
<ItemDef naaccrId="pathDateSpecCollect1" naaccrNum="7320" length="25" recordTypes="A,M,C,I" parentXmlElement="Tumor" dataType="dateTime"/>
<ItemDef naaccrId="textRemarks" naaccrNum="2680" length="4000" recordTypes="A,M" parentXmlElement="Tumor"/>
${more}</ItemDefs>
</NaaccrDictionary>`;

export const baseText = base('260');

export const userText = `<?xml version="1.0"?>
<NaaccrDictionary dictionaryUri="${userUri}" specificationVersion="1.8" xmlns="${namespace}">
<ItemDefs>
<ItemDef naaccrId="stateItem" naaccrNum="9500" naaccrName="State item" length="3" recordTypes="A,I" parentXmlElement="Tumor" dataType="digits" padding="leftZero"/>
<ItemDef naaccrId="stateNote" naaccrNum="9501" length="60" parentXmlElement="Patient"/>
</ItemDefs>
</NaaccrDictionary>`;

export const dictionaryFrom = (text: string): NaaccrDictionary => dictionaryOf(readWrittenDictionary(text));

/** Base dictionaries of 260 and, with an item that 260 has not, of 250; and the user dictionary. */
export const dictionaries: readonly NaaccrDictionary[] = [
  dictionaryFrom(baseText),
  dictionaryFrom(
    base('250', '<ItemDef naaccrId="sex" naaccrNum="220" length="1" parentXmlElement="Patient" dataType="digits"/>\n'),
  ),
  dictionaryFrom(userText),
];

/** Two patients; the second has two tumors. Line numbers are those of an editor. */
export const goodText = `<?xml version="1.0"?>
<NaaccrData baseDictionaryUri="${baseUri}" userDictionaryUri="${userUri}" recordType="I" timeGenerated="2026-01-15T10:00:00-05:00" specificationVersion="1.8" xmlns="${namespace}" xmlns:own="http://own.example">
  <Item naaccrId="registryId">0000000007</Item>
  <Item naaccrId="naaccrRecordVersion">260</Item>
  <own:batch>1<own:part/></own:batch>
  <Patient>
    <Item naaccrId="patientIdNumber">00000001</Item>
    <Item naaccrId="dateOfBirth">19600229</Item>
    <Tumor>
      <Item naaccrId="primarySite" naaccrNum="400">C501</Item>
      <Item naaccrId="stateItem">007</Item>
    </Tumor>
  </Patient>
  <Patient>
    <Item naaccrId="patientIdNumber">00000002</Item>
    <own:note/>
    <Tumor>
      <Item naaccrId="addrAtDxState">NY</Item>
    </Tumor>
    <Tumor>
      <Item naaccrId="schemaId">00A10</Item>
      <Item naaccrId="tumorSize">1.5</Item>
      <Item naaccrId="ageAtDiagnosis">061</Item>
      <Item naaccrId="tnmEditionNumber">08</Item>
      <Item naaccrId="pathDateSpecCollect1">2021-02-28T10:00:00</Item>
    </Tumor>
  </Patient>
</NaaccrData>
`;

/** A copy with one thing changed; the thing must be there. */
export const changed = (text: string, from: string | RegExp, to: string): string => {
  const after = text.replace(from, to);
  if (after === text) throw new Error(`nothing to change: ${String(from)}`);
  return after;
};

export interface Validated {
  readonly findings: readonly Finding[];
  readonly summary: FileSummary;
}

async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A document, as text, bytes or path of a file, held to everything. Pieces of a few bytes show what a cut does. */
export const validated = async (
  document: string | Uint8Array | { readonly path: string },
  options: Partial<ValidatorOptions> & { readonly pieceBytes?: number } = {},
): Promise<Validated> => {
  const findings: Finding[] = [];
  const bytes = typeof document === 'string' ? Buffer.from(document) : document;
  const text = 'path' in bytes ? textOf(bytes.path) : textOfBytes(piecesOf(bytes, options.pieceBytes ?? 1 << 16));
  const onFinding = (finding: Finding): void => void findings.push(finding);
  return { summary: await validateText(text, { dictionaries, ...options, onFinding }), findings };
};
