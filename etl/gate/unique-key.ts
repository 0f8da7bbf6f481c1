import { identifier } from '../../warehouse/quote.ts';
import type { Contract } from '../contract/contract.ts';
import type { Rule } from './question.ts';

/** Rows that share the key of their contract say the same; where they differ nobody knows which is right. */
export const uniqueKey = ({ key }: Pick<Contract, 'key'>): Rule => ({
  rule: 'unique-key',
  says: `several rows share ${key.join(', ')} and differ`,
  severity: 'quarantine',
  kahn: 'plausibility.uniqueness',
  quality: 'Consistency',
});

/**
 * SQL of the rows in a relation that share their key: their `_row`, and `_fate`, 'duplicate' of a row that repeats
 * another one word for word, 'conflict' of every row whose key has rows that differ, null of the row that is kept.
 *
 * No order of the rows changes which contents land. An empty part of a key counts as a value.
 */
export const sharedKeys = ({ key, columns }: Pick<Contract, 'key' | 'columns'>, relation: string): string => {
  const keys = key.map(identifier).join(', ');
  const all = columns.map(({ name }) => identifier(name)).join(', ');
  const same = key.map((name) => `a.${identifier(name)} is not distinct from b.${identifier(name)}`).join(' and ');
  return `
    with shared as (select ${keys} from ${relation} group by ${keys} having count(*) > 1),
    alike as (select a.* from ${relation} a semi join shared b on ${same}),
    numbered as (select *, row_number() over (partition by ${all} order by _record, _row) as _copy from alike)
    select _row, case
      when _copy > 1 then 'duplicate'
      when count_if(_copy = 1) over (partition by ${keys}) > 1 then 'conflict'
    end as _fate
    from numbered`;
};
