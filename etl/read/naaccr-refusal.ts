import type { StructureFlaw } from '../naaccr/reader.ts';
import type { XmlRule } from '../naaccr/rule/xml.ts';

/** Why a file does not land, in the words of landing. */
export interface Refusal {
  readonly rule: string;
  readonly what: string;
  readonly mend: string;
}

const again = 'Transfer it again, whole.';
const valid = 'Ask its sender for a valid file.';

/** What no file may be that lands. */
export const xmlRefusals: Readonly<Record<XmlRule, Refusal>> = {
  'no-root': { rule: 'not-naaccr-xml', what: 'it holds no NaaccrData', mend: 'Give a NAACCR XML file.' },
  'broken-xml': { rule: 'broken-xml', what: 'it is not well-formed XML', mend: valid },
  'truncated-xml': { rule: 'truncated-xml', what: 'it ends before </NaaccrData>, so it was cut off', mend: again },
  'document-type': {
    rule: 'document-type',
    what: 'it holds a document type declaration; NAACCR XML has none',
    mend: 'Ask its sender for a file without DOCTYPE and entities.',
  },
  'bad-encoding': {
    rule: 'bad-encoding',
    what: 'it holds bytes that are not UTF-8',
    mend: 'Ask its sender for UTF-8.',
  },
  'truncated-gzip': { rule: 'torn-gzip', what: 'the gzip ends too early', mend: again },
  'broken-gzip': { rule: 'torn-gzip', what: 'the gzip is damaged', mend: again },
  'text-too-long': {
    rule: 'text-too-long',
    what: 'it holds a text of over 4 million characters',
    mend: 'Ask its sender what it is.',
  },
  'too-deep': { rule: 'misplaced-element', what: 'over 100 of its elements stand within each other', mend: valid },
};

/**
 * Why a file does not land that is put together wrongly; null for what a strict reader would call an error and what makes
 * no difference to the rows.
 */
export const refusalOf = ({ rule, what, level }: StructureFlaw): Refusal | null => {
  switch (rule) {
    case 'misplaced-element':
      return {
        rule,
        what: `it has ${what} directly inside <${level}>`,
        mend: 'Patient stands in NaaccrData, Tumor in Patient, nothing else in either but Item.',
      };
    case 'element-in-item':
      return { rule: 'misplaced-element', what: `it has ${what} inside an Item`, mend: 'An Item holds text alone.' };
    case 'item-after-child':
      return {
        rule: 'item-level',
        what: `its ${what} of <${level}> comes after a child element`,
        mend: 'All Items come first; ask its sender to move it.',
      };
    case 'item-twice':
      return { rule, what: `its ${what} stands twice in one <${level}>`, mend: 'Ask its sender to keep one.' };
    case 'loose-text':
      return { rule, what: 'it has text outside an Item', mend: 'Ask its sender to put it right.' };
    case 'element-attribute':
    case 'item-attribute':
    case 'item-after-extension':
    case 'extension-after-child':
      return null;
  }
};
