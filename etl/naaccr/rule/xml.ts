import { rulesOf } from './rule.ts';

const xml = 'Extensible Markup Language (XML) 1.0, fifth edition';
const ours = 'a limit of this reader, so that no file can fill its memory';

/** What ends the reading of a file. Nothing behind it was looked at. */
export type XmlRule =
  | 'no-root'
  | 'broken-xml'
  | 'truncated-xml'
  | 'document-type'
  | 'bad-encoding'
  | 'truncated-gzip'
  | 'broken-gzip'
  | 'text-too-long'
  | 'too-deep';

export const xmlRules = rulesOf<XmlRule>({
  'no-root': { says: 'A file holds a NaaccrData element; this one is empty.', source: 'naaccr_data_1.8.xsd' },
  'broken-xml': { says: 'A file is well-formed XML.', source: `${xml}, 2.1` },
  'truncated-xml': {
    says: 'A file ends with </NaaccrData>; this one was cut off: transfer it again.',
    source: `${xml}, 2.1`,
  },
  'document-type': {
    says: 'A file has no document type declaration (DOCTYPE) and no entities of its own.',
    source: 'NAACCR XML has none; entities may blow up memory or read other files',
  },
  'bad-encoding': { says: 'A file is UTF-8 throughout; write it anew in UTF-8.', source: `${xml}, 4.3.3` },
  'truncated-gzip': { says: 'A .gz file is whole; this one was cut off: transfer it again.', source: 'RFC 1952' },
  'broken-gzip': { says: 'A .gz file unpacks; this one is damaged: transfer it again.', source: 'RFC 1952' },
  'text-too-long': { says: 'No text, tag or comment is longer than 4 million characters.', source: ours },
  'too-deep': { says: 'No more than 100 elements stand within each other.', source: ours },
});
