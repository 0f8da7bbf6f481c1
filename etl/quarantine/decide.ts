import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../warehouse/error.ts';
import { literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { Contract } from '../contract/contract.ts';
import { directIdentifier } from '../gate/no-identifier.ts';
import { writeDecision, type Decision, type DecisionAction } from './decision.ts';
import { whyNotOverridable } from './overridable.ts';
import { matching, showRows, type QuarantineState, type RowFilter } from './shown-rows.ts';

/** What somebody decides, about which rows. */
export interface DecisionRequest {
  readonly action: DecisionAction;
  readonly reason: string;
  readonly by: string;
  readonly filter: RowFilter;
  readonly dataFolder: string;
  readonly ledgerFolder: string;
  readonly contracts: ReadonlyMap<string, Contract>;
}

/** A decision, and how many refused rows it is about. */
export interface Decided {
  readonly decision: Decision;
  readonly rows: number;
}

/** Rows an action makes sense for. */
const states: Readonly<Record<DecisionAction, readonly QuarantineState[]>> = {
  accept: ['open', 'discarded'],
  discard: ['open', 'accepted'],
  reopen: ['open', 'accepted', 'discarded'],
};

/**
 * Decides about refused rows that have come so far, and writes it down. To be called by the holder of the build lock.
 *
 * @throws UserError when it is not said which rows, none is such, or a rule cannot be overridden
 */
export const decide = async (connection: DuckDBConnection, request: DecisionRequest): Promise<Decided> => {
  const { action, reason, by, filter, dataFolder } = request;
  checkReason(reason);
  checkFilter(action, filter);
  await showRows(connection, request);
  const rows = await matchingRows(connection, action, filter);
  const [first] = rows;
  if (!first) throw nothingThere(action);
  const files = [...new Set(rows.map(({ digest }) => digest))];
  const isOne = filter.line !== undefined || filter.id !== undefined;
  if (isOne && files.length > 1)
    throw new UserError(`Line ${filter.line} of ${files.length} files is meant.`, { mend: 'Say which with `--file`.' });
  const rules = filter.rule === undefined && (action !== 'accept' || !isOne) ? null : rulesMeant(rows, filter.rule);
  if (action === 'accept') checkOverridable(rows, rules ?? [], request.contracts);
  const decision = writeDecision(dataFolder, {
    by,
    action,
    reason: reason.trim(),
    selection: {
      source: first.source,
      files,
      ...(filter.id === undefined || first.contract === null ? {} : { contract: first.contract }),
      ...(isOne ? { record: first.record, line: first.line } : {}),
      ...(rules === null ? {} : { rules }),
    },
  });
  return { decision, rows: rows.reduce((sum, { count }) => sum + count, 0) };
};

/** Refused rows alike: of one file, contract and set of rules, and of one record where one is meant. */
interface RowsAlike {
  readonly source: string;
  readonly digest: string;
  readonly contract: string | null;
  readonly rules: readonly string[];
  readonly record: number;
  readonly line: number;
  readonly count: number;
}

const matchingRows = async (
  connection: DuckDBConnection,
  action: DecisionAction,
  filter: RowFilter,
): Promise<readonly RowsAlike[]> => {
  const { where, parameters } = matching(filter);
  const rows = await readRows(
    connection,
    `select source_id as source, file_digest as digest, contract, rule as rules, min(record) as record,
       min(line) as line, count(*) as count
     from shown
     where ${where} and state in (${states[action].map(literal).join(', ')}) and record is not null
       ${action === 'reopen' ? 'and decision is not null' : ''}
     group by all order by all`,
    [...parameters],
  );
  return rows as unknown as readonly RowsAlike[];
};

const rulesMeant = (rows: readonly RowsAlike[], rule: string | undefined): readonly string[] =>
  [...new Set(rows.flatMap(({ rules }) => rules))]
    .filter((one) => rule === undefined || one === rule || one.startsWith(`${rule}:`))
    .sort();

const checkOverridable = (
  rows: readonly RowsAlike[],
  rules: readonly string[],
  contracts: ReadonlyMap<string, Contract>,
): void => {
  for (const rule of rules) {
    const own = rows.filter((row) => row.rules.includes(rule));
    for (const { contract } of own) {
      const why = whyNotOverridable(rule, contracts.get(contract ?? '') ?? null);
      if (why !== null)
        throw new UserError(`Rule ${rule} cannot be overridden: ${why}.`, {
          mend: 'Mend the rows where they come from or the mapping, or discard them with `himsight quarantine discard`.',
        });
    }
  }
};

const checkReason = (reason: string): void => {
  if (reason.trim() === '')
    throw new UserError('`--reason` is empty.', { mend: 'Say in a few words why: it is asked for years later.' });
  if (new RegExp(directIdentifier).test(reason))
    throw new UserError("`--reason` holds what looks like a person's number, e-mail or telephone.", {
      mend: 'A reason is kept in plain sight: name no patient in it.',
    });
};

const checkFilter = (action: DecisionAction, { source, rule, file, line, id }: RowFilter): void => {
  if (id !== undefined) return;
  if (source === undefined)
    throw new UserError('`--source` is missing.', { mend: 'Say whose rows are meant, or give the id of one row.' });
  if (action === 'accept' && rule === undefined && line === undefined)
    throw new UserError('`--rule` is missing.', {
      mend: 'Say which rule these rows may break, or with `--file` and `--line` which row is meant.',
    });
  if (rule === undefined && file === undefined && line === undefined)
    throw new UserError(
      `Not every refused row of a source is to be ${action === 'reopen' ? 'reopened' : 'discarded'} at once.`,
      {
        mend: 'Narrow them down with `--rule`, `--file` or `--line`.',
      },
    );
};

const nothingThere = (action: DecisionAction): UserError =>
  new UserError(action === 'reopen' ? 'No such row was decided about.' : `There is no such row to ${action}.`, {
    mend: '`himsight quarantine` lists them, by `--source`, `--rule`, `--file` and `--state`.',
  });
