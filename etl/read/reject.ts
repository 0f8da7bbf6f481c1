/** Why a reader could not take a record apart: rule id → what is wrong, as the middle of a sentence. */
export const rejectRules = {
  'torn-row': 'the row has fewer columns than the header',
  'too-many-columns': 'the row has more columns than the header',
  'unterminated-quote': 'a quote is not closed, or text follows the one that closes',
  'bad-encoding': 'the row holds bytes that are not UTF-8, nor of the encoding its source names',
  'row-too-long': 'the row is longer than 2 MB',
  'record-length': 'the line is shorter or longer than the record of its layout',
  'broken-json': 'the line is not one JSON object',
  'view-misfit': 'a column of the view finds several values in the resource',
} as const;

export type RejectRule = keyof typeof rejectRules;

/** The rules by number, as {@link Rejects} hold them. */
export const rejectRuleNames = Object.keys(rejectRules) as readonly RejectRule[];

/**
 * Records a reader could not take apart, in the order of the file. Plain numbers, since a file of ten million bad rows
 * has as many.
 */
export interface Rejects {
  /** An offset that lies in the record or in the line break before it; one record may have several. */
  readonly offsets: Float64Array;
  /** Index into {@link rejectRuleNames}. */
  readonly rules: Float64Array;
}

export const noRejects: Rejects = { offsets: new Float64Array(), rules: new Float64Array() };
