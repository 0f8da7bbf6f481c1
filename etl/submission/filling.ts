import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../warehouse/error.ts';
import { identifier, literal } from '../../warehouse/quote.ts';
import type { PlainRow } from '../../warehouse/rows.ts';
import type { NaaccrItems } from '../naaccr/dictionary/items-of.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { givenIn, idIn } from './case-items.ts';
import { caseKey, tumorColumns } from './case-rows.ts';
import { profileDictionaries } from './profile-dictionaries.ts';
import type { CsvProfile, NaaccrProfile, Profile } from './profile.ts';

/** How many of the rows that are sent lack something that the receiver asks for. */
export interface ItemFilling {
  /** Under its name in the file. */
  readonly item: string;
  readonly missing: number;
}

export interface Filling {
  readonly filling: readonly ItemFilling[];
  /** Patients sent; null where rows are of no patients. */
  readonly patients: number | null;
  /** Why it cannot be known, and no package be written; null where it is. */
  readonly refusal: string | null;
}

export interface FillingRequest {
  readonly workspace: Workspace;
  readonly connection: DuckDBConnection;
  readonly profile: Profile;
  /** SQL of the rows, sent or not. */
  readonly judged: string;
  readonly ask: (sql: string) => Promise<readonly PlainRow[]>;
}

/** Counts what a receiver asks for and would not get: the same as `missing` of the manifest, without writing the file. */
export const fillingOf = async (request: FillingRequest): Promise<Filling> => {
  const { profile } = request;
  if (profile.format === 'csv') {
    const { filling } = await counted(request, csvValues(profile), '');
    return { filling, patients: null, refusal: null };
  }
  let items: NaaccrItems;
  try {
    items = profileDictionaries(request.workspace, profile).items;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { patients } = await counted(request, [], '');
    return { filling: [], patients, refusal: [error.message, error.mend].filter(Boolean).join(' ') };
  }
  const columns = await tumorColumns(request.connection);
  // Of names and texts nothing is known here: only `himsight submit` opens what they are kept in.
  const known = profile.required.filter((id) => items.get(idIn(items, id))!.recordTypes.includes('I'));
  const values = naaccrValues({ ...profile, required: known }, items, columns);
  return { ...(await counted(request, values.found, values.joined)), refusal: null };
};

interface Value {
  readonly item: string;
  /** SQL: whether a row has it. */
  readonly isThere: string;
}

const counted = async (
  { ask, judged, profile }: FillingRequest,
  values: readonly Value[],
  joined: string,
): Promise<Omit<Filling, 'refusal'>> => {
  const patients = profile.format === 'csv' ? 'null' : "count(distinct nullif(each.patientIdNumber, ''))";
  const missing = values.map(
    ({ isThere }, at) => `, count(*) filter (where not coalesce(${isThere}, false)) as m${at}`,
  );
  const [row] = await ask(
    `select ${patients} as patients${missing.join('')} from (${judged}) as each ${joined} where each._left_out is null`,
  );
  return {
    filling: values.map(({ item }, at) => ({ item, missing: Number(row?.[`m${at}`] ?? 0) })),
    patients: row?.patients === null ? null : Number(row?.patients),
  };
};

const csvValues = ({ required, columns }: CsvProfile): readonly Value[] =>
  required.map((item) => {
    const { from, constant, values } = columns.get(item)!;
    if (from === undefined) return { item, isThere: String((constant ?? '') !== '') };
    const text = `cast(each.${identifier(from)} as varchar)`;
    if (values === undefined) return { item, isThere: `${text} <> ''` };
    const coded = Object.entries(values).flatMap(([value, code]) => (code === '' ? [] : [literal(value)]));
    return { item, isThere: coded.length === 0 ? 'false' : `${text} in (${coded.join(', ')})` };
  });

const naaccrValues = (
  profile: NaaccrProfile,
  items: NaaccrItems,
  columns: readonly string[],
): { readonly found: readonly Value[]; readonly joined: string } => {
  const wanted = profile.items === null ? null : new Set(profile.items.map((id) => idIn(items, id)));
  const required = profile.required.map((id) => idIn(items, id));
  const ways = required.map((item) => ({ item, given: givenIn(items, item) }));
  const beyond = [...new Set(ways.flatMap(({ given }) => given.map(({ id }) => id)))].filter(
    (id) => !columns.includes(id),
  );
  const valueOf = (id: string): string => `${columns.includes(id) ? 'each' : 'beyond'}.${identifier(id)}`;
  const found = ways.map(({ item, given }) => ({
    item,
    isThere:
      // Not asked for, or told of the file itself and not of a case: no case is sent with it.
      (wanted !== null && !wanted.has(item)) || items.get(item)!.level === 'NaaccrData'
        ? 'false'
        : given
            .map(({ id, codes }) =>
              codes === null
                ? `coalesce(${valueOf(id)} <> '', false)`
                : `coalesce(${valueOf(id)} in (${codes.map(literal).join(', ')}), false)`,
            )
            .join(' or '),
  }));
  return { found, joined: beyond.length === 0 ? '' : joinedSql(beyond) };
};

/** Items that are no columns of core.tumor, as columns beside it. */
const joinedSql = (ids: readonly string[]): string => {
  const keys = caseKey.map(identifier);
  const texts = ids.map((id) => `max(case when naaccrId = ${literal(id)} then value end) as ${identifier(id)}`);
  const same = keys.map((key) => `beyond.${key} is not distinct from each.${key}`).join(' and ');
  return `left join (
      select ${keys.join(', ')}, ${texts.join(', ')} from core.tumor_item
      where naaccrId in (${ids.map(literal).join(', ')}) group by ${keys.join(', ')}
    ) as beyond on ${same}`;
};
