import type { DuckDBConnection } from '@duckdb/node-api';
import { partedBefore, type Changes } from './change.ts';
import type { Compiled, CompiledModel } from './model/compiled.ts';
import type { Previous } from './plan.ts';
import { identifier, relationName } from './quote.ts';
import { changedRows } from './raw-part.ts';
import { readRows } from './rows.ts';
import type { Scratch } from './scratch.ts';

/** Above this share of the units of a kind, building whole is cheaper than replacing them. */
const LARGE_SHARE = 0.2;
/** Rounds of following links; units that are strung together further than this are built whole. */
const ROUNDS = 12;

const kindsOf = ({ keys }: Compiled): readonly string[] =>
  [...new Set([...keys.values()].flatMap((each) => (each === null ? [] : [...each.values()])))].sort();

const table = (kind: string): string => `dirty.main.${identifier(kind)}`;

const add = async (connection: DuckDBConnection, kind: string, keys: string): Promise<void> => {
  await connection.run(`insert into ${table(kind)} select distinct key from (${keys}) as found
    where not exists (select 1 from ${table(kind)} as dirty where dirty.key is not distinct from found.key)`);
};

const size = async (connection: DuckDBConnection, kinds: readonly string[]): Promise<number> => {
  const [row] = await readRows(
    connection,
    `select ${kinds.map((kind) => `(select count(*) from ${table(kind)})`).join(' + ')} as n`,
  );
  return Number(row?.n);
};

/** Models that say which keys name one unit. */
const linking = ({ models }: Compiled): readonly CompiledModel[] =>
  models.filter(({ model, apart }) => model.links.length > 0 && apart.mode === 'keyed');

/** Pairs of columns of a linking model, either way. */
const pairsOf = ({ apart }: CompiledModel): (readonly [[string, string], [string, string]])[] => {
  const keys = apart.mode === 'keyed' ? [...apart.keys] : [];
  return keys.flatMap((one) => keys.filter((other) => other[1] !== one[1]).map((other) => [one, other] as const));
};

/** Adds the keys that linked keys lead to, once; the rows of `from` are those of the model. */
const follow = async (connection: DuckDBConnection, model: CompiledModel, from: string): Promise<void> => {
  for (const [[column, kind], [other, reached]] of pairsOf(model))
    await add(
      connection,
      reached,
      `select each.${identifier(other)} as key from ${from} as each
       semi join ${table(kind)} as dirty on each.${identifier(column)} = dirty.key`,
    );
};

/** Units named by raw rows that came, went or changed. */
const fromRaw = async (
  connection: DuckDBConnection,
  compiled: Compiled,
  changes: Changes,
  previous: Previous,
): Promise<void> => {
  for (const raw of compiled.raw) {
    const name = `raw.${raw.name}`;
    const keys = compiled.keys.get(name) ?? null;
    if (keys === null || (await changes.standing(name)) !== 'units') continue;
    const { before, now } = partedBefore(raw, previous)!;
    for (const [column, kind] of keys)
      await add(
        connection,
        kind,
        `select cast(${identifier(column)} as varchar) as key from (${changedRows(before, now)})`,
      );
  }
};

/**
 * Finds the units whose rows may come out otherwise than in the release before: those of changed raw rows, and
 * whatever they are linked with. They stand in catalog `dirty`, a table a kind.
 *
 * @returns why everything is better built whole; null where the units are found
 */
export const findDirty = async (
  scratch: Scratch,
  compiled: Compiled,
  changes: Changes,
  previous: Previous,
): Promise<string | null> => {
  const { connection } = scratch;
  const [kinds, links] = [kindsOf(compiled), linking(compiled)];
  const stands = ({ model, definition }: CompiledModel): boolean =>
    previous.models.get(model.name)?.definition === definition;
  if (kinds.length === 0) return 'no model says what a unit is';
  const moved = links.find((each) => !stands(each));
  if (moved !== undefined) return `${moved.model.name}, which says what belongs together, is new or defined otherwise`;
  await connection.run(`attach ':memory:' as dirty`);
  for (const kind of kinds) await connection.run(`create table ${table(kind)} (key varchar)`);
  await fromRaw(connection, compiled, changes, previous);
  if (links.length > 0) {
    await scratch.open();
    for (const each of links) await scratch.lay('now', each.model.name, true);
    const end = async (): Promise<void> => scratch.close();
    let before = -1;
    for (let round = 0; (await size(connection, kinds)) !== before; round++) {
      if (round >= ROUNDS) {
        await end();
        return 'the units that changed are strung together too far';
      }
      before = await size(connection, kinds);
      for (const each of links)
        for (const from of [`previous.${relationName(each.model.name)}`, `now.${relationName(each.model.name)}`])
          await follow(connection, each, from);
    }
    await end();
  }
  return (await isLarge(connection, compiled, kinds)) ? 'a large share of all units changed' : null;
};

/** Whether a large share of the units that the release before knew is dirty; by the relation that knows most of them. */
const isLarge = async (
  connection: DuckDBConnection,
  { models }: Compiled,
  kinds: readonly string[],
): Promise<boolean> => {
  for (const kind of kinds) {
    const holding = models.find(
      ({ model, apart }) =>
        model.layer === 'core' &&
        model.kind !== 'view' &&
        apart.mode === 'keyed' &&
        model.key.length === 1 &&
        apart.keys.get(model.key[0]!) === kind,
    );
    if (holding === undefined) continue;
    const [row] = await readRows(
      connection,
      `select (select count(*) from previous.${relationName(holding.model.name)}) as n, (select count(*) from ${table(kind)}) as dirty`,
    );
    if (Number(row?.dirty) > Math.max(LARGE_SHARE * Number(row?.n), 1000)) return true;
  }
  return false;
};
