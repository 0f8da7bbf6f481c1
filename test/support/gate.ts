import type { ContractColumn } from '../../etl/contract/contract.ts';
import { judgedRows } from '../../etl/gate/judge.ts';
import type { Question } from '../../etl/gate/question.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';

/** A column of a contract, plain text unless a test says otherwise. */
export const column = (name: string, rest: Partial<ContractColumn> = {}): ContractColumn => ({
  name,
  type: 'text',
  required: false,
  unlessPrivacy: [],
  values: null,
  pattern: null,
  identifier: null,
  describes: null,
  ...rest,
});

/** Texts of one column → whether the question refuses each, and the typed value of those it lets pass. */
export const ask = async (
  asked: ContractColumn,
  question: Question,
  texts: readonly (string | null)[],
  isInstant = false,
): Promise<readonly (readonly [text: string | null, answer: unknown])[]> => {
  const builder = await openBuilder(null);
  const rows = texts.map((text, i) => `(${text === null ? 'null' : literal(text)}, ${i})`).join(', ');
  const contract = {
    id: 'one',
    describes: '',
    key: [asked.name],
    period: null,
    columns: [asked],
    checks: [],
    fingerprint: '',
  };
  const mapped = `select c::varchar as ${identifier(asked.name)}, r::bigint as _record from (values ${rows}) as t(c, r)`;
  const judged = await readRows(
    builder.connection,
    `${judgedRows(contract, [question], { isInstant }, mapped)} order by _record`,
  );
  await builder.close();
  return judged.map((row, i) => [texts[i] ?? null, row._broken === null ? row[asked.name] : 'refused']);
};
