import { baseUri, changed, goodText, namespace, userUri } from '../small-registry.ts';

/** A rule, a copy of the good document that breaks it and nothing else, and one that only just keeps it. */
export interface BrokenDocument {
  readonly rule: string;
  readonly broken: string;
  readonly line: number;
  /** Patient, tumor and item as told. */
  readonly place?: readonly [number | null, number | null, string | null];
  /** Part of the sentence. */
  readonly says?: string;
  /** A copy at the edge of the rule that breaks no rule at all; the good document where left out. */
  readonly kept?: string;
}

const copy = (from: string | RegExp, to: string): string => changed(goodText, from, to);
const patient = '<Item naaccrId="patientIdNumber">00000001</Item>';
const site = '<Item naaccrId="primarySite" naaccrNum="400">C501</Item>';
const typeA = changed(goodText, 'recordType="I"', 'recordType="A"');
const before = (version: string): string => copy('specificationVersion="1.8"', `specificationVersion="${version}"`);
const tumor1 = [1, 1] as const;

/** What the outermost element and the structure may be. */
export const brokenStructure: readonly BrokenDocument[] = [
  { rule: 'no-root', broken: '', line: 1 },
  { rule: 'no-root', broken: ' \n', line: 2 },
  {
    rule: 'broken-xml',
    broken: copy('naaccrId="dateOfBirth"', 'naaccrId=dateOfBirth'),
    line: 8,
    kept: copy('"dateOfBirth"', "'dateOfBirth'"),
  },
  { rule: 'broken-xml', broken: copy('19600229', '&year;'), line: 8, kept: copy('>C501<', '>&#67;501<') },
  { rule: 'broken-xml', broken: copy('19600229', '\u0001'), line: 8 },
  { rule: 'broken-xml', broken: copy('C501', ']]>'), line: 10, kept: copy('>C501<', '><![CDATA[C501]]><') },
  { rule: 'truncated-xml', broken: goodText.slice(0, -5), line: 28 },
  {
    rule: 'document-type',
    broken: copy('?>\n', '?>\n<!DOCTYPE NaaccrData>\n'),
    line: 2,
    kept: copy('?>\n', '?>\n<!-- <!DOCTYPE x> -->\n'),
  },
  { rule: 'text-too-long', broken: copy('00000001<', `${'1'.repeat(4_300_000)}<`), line: 7 },
  {
    rule: 'too-deep',
    broken: copy('<own:note/>', `${'<own:a>'.repeat(99)}${'</own:a>'.repeat(99)}`),
    line: 16,
    kept: copy('<own:note/>', `${'<own:a>'.repeat(98)}${'</own:a>'.repeat(98)}`),
  },
  { rule: 'root-element', broken: goodText.replaceAll('NaaccrData', 'NaaccrFile'), line: 2 },
  { rule: 'namespace', broken: copy(` xmlns="${namespace}"`, ''), line: 2, kept: prefixed() },
  { rule: 'namespace', broken: copy(`xmlns="${namespace}"`, 'xmlns="http://else.example"'), line: 2 },
  {
    rule: 'root-attribute',
    broken: copy('recordType=', 'sender="x" recordType='),
    line: 2,
    kept: copy('recordType=', 'own:sender="x" recordType='),
  },
  { rule: 'specification-missing', broken: copy(' specificationVersion="1.8"', ''), line: 2, kept: before('1.0') },
  { rule: 'specification-unknown', broken: before('1.9'), line: 2, kept: before('1.7') },
  { rule: 'base-dictionary-missing', broken: copy(`baseDictionaryUri="${baseUri}" `, ''), line: 2 },
  { rule: 'base-dictionary-uri', broken: copy(baseUri, 'http://naaccr.org/260.xml'), line: 2 },
  {
    rule: 'base-dictionary-absent',
    broken: changed(copy(baseUri, baseUri.replace('260', '230')), '>260<', '>230<'),
    line: 2,
    says: 'naaccr-dictionary-230.xml is not at hand',
    kept: changed(copy(baseUri, baseUri.replace('260', '250')), '>260<', '>250<'),
  },
  {
    rule: 'user-dictionary-several',
    broken: changed(before('1.1'), `="${userUri}"`, `="${userUri} ${userUri}"`),
    line: 2,
    kept: changed(before('1.2'), `="${userUri}"`, `="${userUri} ${userUri}"`),
  },
  {
    rule: 'user-dictionary-absent',
    broken: copy(userUri, 'http://other.example/x.xml'),
    line: 2,
    says: 'http://other.example/x.xml',
  },
  { rule: 'record-type-missing', broken: copy('recordType="I" ', ''), line: 2 },
  { rule: 'record-type-unknown', broken: copy('recordType="I"', 'recordType="L"'), line: 2, kept: typeA },
  {
    rule: 'time-generated',
    broken: copy('2026-01-15T10', '2026-01-15 10'),
    line: 2,
    kept: copy('10:00:00-05:00', '23:59:59.25Z'),
  },
  {
    rule: 'time-generated',
    broken: copy('2026-01-15T', '2026-02-30T'),
    line: 2,
    kept: copy(' timeGenerated="2026-01-15T10:00:00-05:00"', ''),
  },
  {
    rule: 'misplaced-element',
    broken: copy(/<Tumor>\n.*NY<\/Item>\n *<\/Tumor>/, '<Tumour/>'),
    line: 17,
    place: [2, null, null],
  },
  {
    rule: 'misplaced-element',
    broken: copy('  <own:batch>', '  <Tumor/><own:batch>'),
    line: 5,
    place: [null, null, null],
    kept: copy('</NaaccrData>', '<Patient/></NaaccrData>'),
  },
  { rule: 'element-in-item', broken: copy('C501<', 'C501<b/><'), line: 10, place: [...tumor1, 'primarySite'] },
  { rule: 'element-attribute', broken: copy('<Patient>', '<Patient id="1">'), line: 6 },
  { rule: 'element-attribute', broken: copy('<Tumor>', '<Tumor own:id="1">'), line: 9, place: [1, null, null] },
  {
    rule: 'item-attribute',
    broken: copy('naaccrNum="400"', 'number="400"'),
    line: 10,
    place: [...tumor1, 'primarySite'],
  },
  {
    rule: 'item-after-child',
    broken: copy('</Tumor>\n', '</Tumor>\n<Item naaccrId="stateNote">x</Item>\n'),
    line: 13,
    place: [1, null, 'stateNote'],
    kept: copy(patient, `${patient}<Item naaccrId="stateNote">x</Item>`),
  },
  {
    rule: 'item-after-extension',
    broken: copy('<own:note/>', '<own:note/><Item naaccrId="stateNote">x</Item>'),
    line: 16,
    place: [2, null, 'stateNote'],
  },
  {
    rule: 'extension-after-child',
    broken: copy('</Tumor>\n  </Patient>', '</Tumor>\n<own:note/></Patient>'),
    line: 13,
    place: [1, null, null],
    kept: copy('<own:note/>', '<own:note/><own:note/>'),
  },
  { rule: 'item-twice', broken: copy(patient, `${patient}\n${patient}`), line: 8, place: [1, null, 'patientIdNumber'] },
  {
    rule: 'item-twice',
    broken: copy(site, `${site}<Item naaccrId="primarySite"/>`),
    line: 10,
    place: [...tumor1, 'primarySite'],
  },
  {
    rule: 'loose-text',
    broken: copy('<Tumor>', 'note<Tumor>'),
    line: 9,
    place: [1, null, null],
    kept: copy('<Tumor>', '<!-- note --><Tumor>'),
  },
];

/** What an Item may be. */
export const brokenItems: readonly BrokenDocument[] = [
  {
    rule: 'id-missing',
    broken: copy(' naaccrId="stateItem"', ''),
    line: 11,
    place: [...tumor1, null],
    kept: copy(' naaccrId="stateItem">007<', '><'),
  },
  {
    rule: 'unknown-id',
    broken: copy('"dateOfBirth">19600229', '"sex">1'),
    line: 8,
    place: [1, null, 'sex'],
    says: 'it is of dictionary 250',
    kept: copy('"dateOfBirth">19600229', '"sex">'),
  },
  {
    rule: 'unknown-id',
    broken: copy('"dateOfBirth">19600229', '"Not an id">1'),
    line: 8,
    place: [1, null, null],
    says: 'an Item with a malformed naaccrId',
  },
  {
    rule: 'wrong-number',
    broken: copy('naaccrNum="400"', 'naaccrNum="401"'),
    line: 10,
    place: [...tumor1, 'primarySite'],
    says: 'another number than 400',
    kept: copy('naaccrNum="400"', 'naaccrNum=" 0400 "'),
  },
  {
    rule: 'wrong-number',
    broken: copy('naaccrNum="400"', 'naaccrNum="site"'),
    line: 10,
    place: [...tumor1, 'primarySite'],
  },
  {
    rule: 'wrong-level',
    broken: copy('<Item naaccrId="dateOfBirth">19600229</Item>', '<Item naaccrId="tumorSize">1</Item>'),
    line: 8,
    place: [1, null, 'tumorSize'],
    says: 'stands in <Patient> but belongs in <Tumor>',
  },
  {
    rule: 'barred-item',
    broken: copy(patient, `${patient}\n<Item naaccrId="nameLast">Secret</Item>`),
    line: 8,
    place: [1, null, 'nameLast'],
    says: 'is of record types A, M, C, the file is of I',
    kept: changed(typeA, patient, `${patient}\n<Item naaccrId="nameLast">Secret</Item>`),
  },
  {
    rule: 'blank-value',
    broken: copy('>C501<', '>  <'),
    line: 10,
    place: [...tumor1, 'primarySite'],
    kept: changed(before('1.6'), '>C501<', '>  <'),
  },
  {
    rule: 'blank-value',
    broken: copy('>007<', '> <'),
    line: 11,
    place: [...tumor1, 'stateItem'],
    kept: copy('>007<', '><'),
  },
  {
    rule: 'too-long',
    broken: copy('C501', 'C5012'),
    line: 10,
    place: [...tumor1, 'primarySite'],
    says: 'has 5 characters, 4 at most',
    kept: copy('C501', 'C50'),
  },
  { rule: 'too-long', broken: copy('>007<', '>0007<'), line: 11, place: [...tumor1, 'stateItem'] },
  {
    rule: 'too-short',
    broken: copy('>007<', '>7<'),
    line: 11,
    place: [...tumor1, 'stateItem'],
    says: 'has 1 characters instead of 3: fill up with zeros on the left',
  },
  { rule: 'too-short', broken: copy('>NY<', '>N<'), line: 18, place: [2, 1, 'addrAtDxState'] },
  {
    rule: 'not-alpha',
    broken: copy('>NY<', '>ny<'),
    line: 18,
    place: [2, 1, 'addrAtDxState'],
    kept: copy('>NY<', '>ZA<'),
  },
  {
    rule: 'not-digits',
    broken: copy('>007<', '>0x7<'),
    line: 11,
    place: [...tumor1, 'stateItem'],
    kept: copy('>007<', '>999<'),
  },
  {
    rule: 'not-mixed',
    broken: copy('>00A10<', '>00a10<'),
    line: 21,
    place: [2, 2, 'schemaId'],
    kept: copy('>00A10<', '>ZZZ99<'),
  },
  {
    rule: 'not-numeric',
    broken: copy('>1.5<', '>1.<'),
    line: 22,
    place: [2, 2, 'tumorSize'],
    kept: copy('>1.5<', '>12.25<'),
  },
  {
    rule: 'not-date',
    broken: copy('19600229', '99999999'),
    line: 8,
    place: [1, null, 'dateOfBirth'],
    kept: copy('19600229', '1960'),
  },
  {
    rule: 'not-date',
    broken: copy('19600229', '17991231'),
    line: 8,
    place: [1, null, 'dateOfBirth'],
    kept: copy('19600229', '18000101'),
  },
  {
    rule: 'not-date',
    broken: copy('19600229', '196013'),
    line: 8,
    place: [1, null, 'dateOfBirth'],
    kept: copy('19600229', '196012'),
  },
  {
    rule: 'not-date-time',
    broken: copy('2021-02-28T10:00:00', '20210228'),
    line: 25,
    place: [2, 2, 'pathDateSpecCollect1'],
    kept: copy('2021-02-28T10:00:00', '2021-02-28T10:00:00Z'),
  },
  {
    rule: 'leading-space',
    broken: copy('>C501<', '> C50<'),
    line: 10,
    place: [...tumor1, 'primarySite'],
    kept: changed(before('1.6'), '>C501<', '>  C501<'),
  },
  {
    rule: 'trailing-space',
    broken: copy('>C501<', '>C50 <'),
    line: 10,
    place: [...tumor1, 'primarySite'],
    kept: changed(before('1.6'), '>C501<', '>C501 <'),
  },
  {
    rule: 'not-padded',
    broken: copy('>08<', '>8<'),
    line: 24,
    place: [2, 2, 'tnmEditionNumber'],
    says: 'has 1 digits instead of 2',
    kept: copy('>08<', '>X<'),
  },
  {
    rule: 'calendar-date',
    broken: copy('19600229', '20210231'),
    line: 8,
    place: [1, null, 'dateOfBirth'],
    kept: copy('19600229', '20210228'),
  },
  {
    rule: 'calendar-date',
    broken: copy('19600229', '19000229'),
    line: 8,
    place: [1, null, 'dateOfBirth'],
    kept: copy('19600229', '20000229'),
  },
  {
    rule: 'calendar-date',
    broken: copy('2021-02-28T10', '2021-02-29T10'),
    line: 25,
    place: [2, 2, 'pathDateSpecCollect1'],
    kept: copy('2021-02-28T10:00:00', '2021-02'),
  },
  {
    rule: 'record-version',
    broken: copy('>260<', '>250<'),
    line: 4,
    place: [null, null, 'naaccrRecordVersion'],
    says: 'is not 260',
    kept: copy('<Item naaccrId="naaccrRecordVersion">260</Item>', ''),
  },
  {
    rule: 'record-type-item',
    broken: copy('  <own:batch>', '<Item naaccrId="recordType">A</Item><own:batch>'),
    line: 5,
    place: [null, null, 'recordType'],
    kept: copy('  <own:batch>', '<Item naaccrId="recordType">I</Item><own:batch>'),
  },
  {
    rule: 'patient-once',
    broken: copy('00000002', '00000001'),
    line: 15,
    place: [2, null, 'patientIdNumber'],
    kept: copy('00000002', '99999999'),
  },
  {
    rule: 'code-list',
    broken: copy('>08<', '>09<'),
    line: 24,
    place: [2, 2, 'tnmEditionNumber'],
    says: 'none of the 3 codes',
  },
  {
    rule: 'code-list',
    broken: copy('>061<', '>100<'),
    line: 23,
    place: [2, 2, 'ageAtDiagnosis'],
    kept: copy('>061<', '>099<'),
  },
];

function prefixed(): string {
  return goodText
    .replaceAll(/<(\/?)(NaaccrData|Patient|Tumor|Item)\b/g, '<$1n:$2')
    .replace(`xmlns="${namespace}"`, `xmlns:n="${namespace}"`);
}
