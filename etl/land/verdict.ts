import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { BatchCheck } from './batch-report.ts';
import type { Contract } from '../contract/contract.ts';
import { judgedRows } from '../gate/judge.ts';
import type { Circumstances, Question } from '../gate/question.ts';
import { questionsOf } from '../gate/questions.ts';
import { sharedKeys, uniqueKey } from '../gate/unique-key.ts';
import type { Ruling } from '../quarantine/ruling-of-batch.ts';

/** The rows of one contract, each with what is to become of it. */
export interface Verdict {
  readonly contract: Contract;
  /**
   * SQL name of a view: the contract's columns typed, `_record`, `_row` (tells rows apart), `_broken` (rules, or null)
   * and `_is_duplicate`. A row with neither is accepted; `_overridden` are the rules that somebody decided not to mind.
   */
  readonly view: string;
  readonly mapped: number;
  readonly accepted: number;
  readonly quarantined: number;
  /** Among the quarantined, rows that somebody decided to discard. */
  readonly discarded: number;
  readonly duplicates: number;
  /** Rule id → rows that broke it, how many of them landed all the same, and the `_record` of the first. */
  readonly broken: ReadonlyMap<string, BrokenRule>;
  readonly checks: readonly BatchCheck[];
}

/** How often a rule was broken. */
export interface BrokenRule {
  readonly count: number;
  readonly overridden: number;
  readonly first: number;
  readonly says: string;
}

/** The rows of one contract, each by itself. */
export interface JudgedRows {
  readonly contract: Contract;
  readonly questions: readonly Question[];
  readonly mapped: number;
  /** SQL of the rows: the contract's columns typed, `_record`, `_row` and `_broken`. */
  readonly numbered: string;
}

/** The rows of one contract that are to be judged. */
export interface Case {
  readonly circumstances: Circumstances;
  /** SQL of the contract's columns as text, and `_record`. */
  readonly mapped: string;
  readonly isStreamed: boolean;
}

/** Judges the rows of one contract in one pass. */
export const judge = async (
  connection: DuckDBConnection,
  contract: Contract,
  { circumstances, mapped, isStreamed }: Case,
): Promise<JudgedRows> => {
  const questions = questionsOf(contract, circumstances);
  const rows = identifier(`rows ${contract.id}`);
  await connection.run(`create temp table ${rows} as ${judgedRows(contract, questions, circumstances, mapped)}`);
  const [count] = await readRows(connection, `select count(*) as rows from ${rows}`);
  const record = isStreamed ? '* replace (rowid + 1 as _record)' : '*';
  return {
    contract,
    questions,
    mapped: Number(count?.rows),
    numbered: `(select ${record}, rowid as _row from ${rows})`,
  };
};

/**
 * What becomes of judged rows once decisions were heeded: looks for keys that several of the good ones share. A part of a
 * row that is refused is refused with it.
 *
 * @param whole what was decided on the rows that these are parts of (`partOf` of the contract), if the mapping writes them
 */
export const settle = async (
  connection: DuckDBConnection,
  { contract, questions, numbered: judged }: JudgedRows,
  ruling: Ruling,
  whole: Verdict | undefined,
): Promise<Verdict> => {
  const [fates, view] = ['fates', 'verdict'].map((kind) => identifier(`${kind} ${contract.id}`)) as [string, string];
  const ruled = await ruling.apply(contract.id, judged);
  const numbered = whole === undefined || whole.quarantined === 0 ? ruled : withoutWhole(ruled, whole);
  await connection.run(
    `create temp table ${fates} as ${sharedKeys(contract, `(from ${numbered} where _broken is null)`)}`,
  );
  const [shared] = await readRows(connection, `select count(*) as count from ${fates}`);
  await connection.run(
    Number(shared?.count) === 0
      ? `create temp view ${view} as select *, false as _is_duplicate from ${numbered}`
      : `create temp view ${view} as
          select * exclude (_fate) replace (
              case when _fate = 'conflict' then list_append(coalesce(_overridden, []), 'unique-key') else _broken end as _broken,
              case when _fate is null then _overridden end as _overridden),
            coalesce(_fate = 'duplicate', false) as _is_duplicate
          from ${numbered} left join ${fates} using (_row)`,
  );
  const rules = [...questions, ...(whole === undefined ? [] : [partRefused(whole.contract)])];
  return { contract, view, ...(await tally(connection, contract, view, rules)) };
};

/** Parts do not land without what they are parts of. */
const partRefused = ({ id }: Pick<Contract, 'id'>): Question => ({
  rule: `part-of:${id}`,
  says: `the ${id} it is part of is refused`,
  severity: 'quarantine',
  kahn: 'conformance.relational',
  quality: 'Consistency',
  examined: 'true',
  violated: 'false',
});

const withoutWhole = (rows: string, { contract, view }: Verdict): string =>
  `(select part.* replace (case when whole._record is null then part._broken
      else list_append(coalesce(part._broken, []::varchar[]), ${literal(partRefused(contract).rule)}) end as _broken)
    from ${rows} as part left join (select distinct _record from ${view} where _broken is not null) as whole using (_record))`;

/**
 * Whether DuckDB makes a table of the judged rows in the order of their records, so that its row numbers are theirs. A
 * question that DuckDB answers by a join (a long list of values, a subquery) takes that away.
 */
export const keepsOrder = async (
  connection: DuckDBConnection,
  contract: Contract,
  circumstances: Circumstances,
  mapped: string,
): Promise<boolean> => {
  const judged = judgedRows(contract, questionsOf(contract, circumstances), circumstances, mapped);
  const plan = await readRows(connection, `explain create temp table judged as ${judged}`);
  return plan.some(({ explain_value: text }) => String(text).includes('BATCH_CREATE_TABLE_AS'));
};

type Tally = Omit<Verdict, 'contract' | 'view'>;

const tally = async (
  connection: DuckDBConnection,
  contract: Contract,
  view: string,
  questions: readonly Question[],
): Promise<Tally> => {
  const examined = questions.map(({ examined }, i) => `count_if(${examined}) as examined_${i}`);
  const warned = questions.flatMap(({ severity, violated }, i) =>
    severity === 'warn' ? [`count_if(${violated}) as violated_${i}`] : [],
  );
  const counts = [
    'count(*) as mapped',
    'count(_broken) as quarantined',
    'count_if(_is_duplicate) as duplicates',
    'count_if(_broken is not null and _is_discarded) as discarded',
    `count_if(_broken is null or list_contains(_broken, 'unique-key')) as whole`,
  ];
  const [row = {}] = await readRows(
    connection,
    `select ${[...counts, ...examined, ...warned].join(', ')} from ${view}`,
  );
  const of = (name: string): number => Number(row[name] ?? 0);
  const rules = [...questions, uniqueKey(contract)];
  const found = await readRows(
    connection,
    `select rule, count(*) as count, count_if(is_overridden) as overridden, min(_record) as first
     from (
       select unnest(coalesce(_broken, _overridden)) as rule, _broken is null as is_overridden, _record from ${view}
       where _broken is not null or _overridden is not null
     ) group by rule order by rule`,
  );
  const broken = new Map(
    found.map(({ rule, count, overridden, first }) => {
      const says = rules.find((one) => one.rule === rule)?.says ?? '';
      const counts = { count: Number(count), overridden: Number(overridden), first: Number(first) };
      return [rule as string, { ...counts, says }];
    }),
  );
  const countOf = (rule: string): number => broken.get(rule)?.count ?? 0;
  // A text that is no value of its type was looked at, though the typed value is null.
  const unreadable = (rule: string): number =>
    /^(type|identifier):/.test(rule) ? countOf(rule.replace('identifier:', 'type:')) : 0;
  return {
    mapped: of('mapped'),
    quarantined: of('quarantined'),
    discarded: of('discarded'),
    duplicates: of('duplicates'),
    accepted: of('mapped') - of('quarantined') - of('duplicates'),
    broken,
    checks: rules.map(({ rule, says, severity, kahn, quality }, i) => ({
      rule,
      contract: contract.id,
      says,
      severity,
      kahn,
      quality,
      examined: rule === 'unique-key' ? of('whole') : of(`examined_${i}`) + unreadable(rule),
      violated: severity === 'warn' ? of(`violated_${i}`) : countOf(rule),
    })),
  };
};
