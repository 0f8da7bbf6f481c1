/** Why a reader could not take a record apart: rule id → what is wrong, as the middle of a sentence. */
export const rejectRules = {
  'torn-row': 'the row has fewer columns than the header',
  'too-many-columns': 'the row has more columns than the header',
  'unterminated-quote': 'a quote is not closed, or text follows the one that closes',
  'bad-encoding': 'the row holds bytes that are not UTF-8, nor of the encoding its source names',
  'row-too-long': 'the row is longer than 2 MB',
  'record-length': 'the line is shorter or longer than the record of its layout',
  'broken-json': 'the line is not one JSON object',
} as const;

export type RejectRule = keyof typeof rejectRules;

/** A record a reader could not take apart, by an offset that lies in it or in the line break before it. */
export interface Reject {
  readonly offset: number;
  readonly rule: RejectRule;
}
