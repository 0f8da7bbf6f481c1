import { identifier, literal } from '../../warehouse/quote.ts';
import type { ContractColumn } from '../contract/contract.ts';
import { asSent, type Circumstances, type Question } from './question.ts';

/** RE2: a social security number, an e-mail address or a telephone number of North America, within any text. */
export const directIdentifier = [
  '(^|[^0-9A-Za-z-])[0-9]{3}-[0-9]{2}-[0-9]{4}($|[^0-9A-Za-z-])',
  '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+[.][A-Za-z]{2,}',
  '(^|[^0-9A-Za-z-])([+]?1[-. ])?([(][0-9]{3}[)] ?|[0-9]{3}[-. ])[0-9]{3}[-. ][0-9]{4}($|[^0-9A-Za-z-])',
].join('|');

/** Nine digits on end: a medical record number, a telephone or social security number without its dashes. */
const longNumber = '[0-9]{9}|(?i:mrn)[ :#-]*[0-9]{4}';

/** A day of the calendar within any text, as people and systems write it. */
const day = '(0?[1-9]|[12][0-9]|3[01])';
const dayInText = `(^|[^0-9])((19|20)[0-9]{2}[-/.](0?[1-9]|1[0-2])[-/.]${day}|${day}[-/.]${day}[-/.](19|20)[0-9]{2})($|[^0-9])`;

/** Beyond it a number in a column of ages is a code for something else. */
const oldest = 150;

/**
 * Three-digit ZIP areas of 20,000 people or fewer by the census of 2000, 2010 or 2020, all of which 45 CFR
 * 164.514(b)(2)(i)(B) has written as 000.
 */
export const smallZipAreas =
  '036 059 063 102 202 203 204 205 369 556 692 753 772 790 821 823 830 831 878 879 884 890 893'.split(' ');

/**
 * The column holds no direct identifier, and in `safe_harbor` mode none of what 45 CFR 164.514(b)(2) has removed.
 *
 * Surrogate ids may be long numbers; any other text may not. A column whose type, list or form says what it holds is
 * looked at only where it breaks that.
 */
export const noIdentifier = (column: ContractColumn, { privacy }: Pick<Circumstances, 'privacy'>): Question => {
  const text = asSent(column);
  const harbor = privacy === 'safe_harbor' ? beyondSafeHarbor(column) : null;
  return {
    rule: `identifier:${column.name}`,
    says: `${column.name} holds what looks like a person's number, e-mail or telephone${harbor ? `, or what safe_harbor keeps out (${harbor.what})` : ''}`,
    severity: 'quarantine',
    kahn: 'conformance.value',
    quality: 'Relevancy',
    examined: `${identifier(column.name)} is not null`,
    violated: [looksLikeIdentifier(column, text), harbor?.violated].filter(Boolean).join(' or '),
    ...(harbor === null ? within(column) : {}),
  };
};

/** Where a list or a type says what the column holds, only a text that breaks that is looked at. */
const within = ({ name, values, type }: ContractColumn): Pick<Question, 'within'> => {
  if (values) return { within: `value:${name}` };
  return type === 'text' ? {} : { within: `type:${name}` };
};

const looksLikeIdentifier = (column: ContractColumn, text: string): string => {
  const isSurrogate = column.identifier === 'surrogate';
  const pattern = isSurrogate ? directIdentifier : `${directIdentifier}|${longNumber}`;
  return `case when ${worthALook(column, text, isSurrogate)} then regexp_matches(${text}, ${literal(pattern)}) end`;
};

/** A cheap condition that spares most rows the regular expression. */
const worthALook = (column: ContractColumn, text: string, isSurrogate: boolean): string => {
  if (column.values) return `${text} not in (${column.values.map(literal).join(', ')})`;
  if (column.type !== 'text') return `${identifier(column.name)} is null`;
  return `length(${text}) > ${isSurrogate ? 10 : 7} or contains(${text}, '@')`;
};

const beyondSafeHarbor = (column: ContractColumn): { readonly violated: string; readonly what: string } | null => {
  const text = asSent(column);
  switch (column.identifier) {
    case 'date':
      // A registry's dates are text that may be a year alone.
      return {
        what: 'dates more precise than the year',
        violated: column.type === 'text' ? `length(${text}) > 4` : `${text} is not null`,
      };
    case 'geography':
      return column.pattern === null
        ? { what: 'places smaller than a state', violated: `${text} is not null` }
        : {
            what: 'ZIP areas other than three digits, or of 20,000 people or fewer: write 000',
            violated: `not regexp_full_match(${text}, ${literal(column.pattern)}) or ${text} in (${smallZipAreas.map(literal).join(', ')})`,
          };
    case 'age':
      return {
        what: 'ages over 90: write 90',
        violated: `try_cast(${text} as integer) between 91 and ${oldest}`,
      };
    default:
      if (column.type !== 'text' || column.values || column.pattern !== null) return null;
      return {
        what: 'dates more precise than the year',
        violated: `case when length(${text}) > 7 then regexp_matches(${text}, ${literal(dayInText)}) else false end`,
      };
  }
};
