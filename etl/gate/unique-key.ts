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
 * No order of the rows changes which contents land. An empty part of a key counts as a value. Rows are first looked at by
 * the hash of their key, one number each: keys that are alike have hashes that are, so only rows whose hash another has
 * are compared key by key.
 */
export const sharedKeys = ({ key, columns }: Pick<Contract, 'key' | 'columns'>, relation: string): string => {
  const keys = key.map(identifier).join(', ');
  const all = columns.map(({ name }) => identifier(name)).join(', ');
  const same = key.map((name) => `a.${identifier(name)} is not distinct from b.${identifier(name)}`).join(' and ');
  return `
    with crowded as (select hash(${keys}) as _hash from ${relation} group by _hash having count(*) > 1),
    candidate as materialized (select a.* from ${relation} a semi join crowded on hash(${keys}) = _hash),
    shared as (select ${keys} from candidate group by ${keys} having count(*) > 1),
    alike as (select a.* from candidate a semi join shared b on ${same}),
    numbered as (select *, row_number() over (partition by ${all} order by _record, _row) as _copy from alike)
    select _row, case
      when _copy > 1 then 'duplicate'
      when count_if(_copy = 1) over (partition by ${keys}) > 1 then 'conflict'
    end as _fate
    from numbered`;
};
