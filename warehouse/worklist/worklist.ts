import { UserError } from '../error.ts';
import type { ColumnTypes } from '../metric/check-against-release.ts';
import { readCheckedYaml } from '../metric/checked-yaml.ts';
import { refuseRepeated, yamlFiles } from '../yaml-files.ts';
import worklistSchema from './worklist.schema.json' with { type: 'json' };

/**
 * What a column holds: `encounter`, `provider` and `coder` are surrogates that the desk's own labels may stand for;
 * `cents` are dollars × 100, `days` may be decimal, `flag` is yes or no.
 */
export type WorklistKind =
  'encounter' | 'provider' | 'coder' | 'text' | 'date' | 'days' | 'count' | 'dollars' | 'cents' | 'weight' | 'flag';

export interface WorklistColumn {
  readonly column: string;
  readonly label: string;
  readonly kind: WorklistKind;
  /** Dimension whose labels name the values; null where they stand for themselves. */
  readonly dimension: string | null;
}

/** A list of things to do at a desk: one relation, its rows in order of urgency. */
export interface Worklist {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly page: string;
  readonly from: string;
  /** Most urgent first. */
  readonly order: readonly { readonly column: string; readonly descending: boolean }[];
  /** Dimension id → column of the relation: what the list can be filtered by. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly columns: readonly WorklistColumn[];
  /** Where it is written, for messages. */
  readonly where: string;
}

interface Written {
  readonly page: string;
  readonly worklists: readonly {
    readonly id: string;
    readonly label: string;
    readonly help: string;
    readonly from: string;
    readonly order: readonly string[];
    readonly dimensions?: Readonly<Record<string, string>>;
    readonly columns: readonly (Omit<WorklistColumn, 'dimension'> & { readonly dimension?: string })[];
  }[];
}

/**
 * Reads every `*.yaml` of the folders, in order of file and place; a folder that is not there holds none.
 *
 * @throws UserError naming file, line, key and the mend; also for an id given twice
 */
export const readWorklists = (folders: readonly string[]): readonly Worklist[] => {
  const lists = yamlFiles(folders).flatMap(readFile);
  refuseRepeated(lists, 'worklist');
  return lists;
};

const readFile = (file: string): Worklist[] => {
  const { value, at } = readCheckedYaml<Written>(file, worklistSchema);
  return value.worklists.map(({ order, dimensions = {}, columns, ...rest }, index) => ({
    ...rest,
    page: value.page,
    dimensions,
    order: order.map((key) => ({ column: key.replace('-', ''), descending: key.startsWith('-') })),
    columns: columns.map((column) => ({ ...column, dimension: column.dimension ?? null })),
    where: at(['worklists', index, 'id']),
  }));
};

/**
 * Makes sure that a warehouse holds what the lists name.
 *
 * @throws UserError naming file and line, the relation or the column that is not there
 */
export const checkWorklists = (lists: readonly Worklist[], types: ColumnTypes): void => {
  for (const list of lists) {
    const problem = problemOf(list, types);
    if (problem !== null) throw new UserError(problem, { mend: 'Name a relation of core or mart and its columns.' });
  }
};

/** The lists that a release can show: one older than a list's model lacks it until the next run. */
export const showable = (lists: readonly Worklist[], types: ColumnTypes): readonly Worklist[] =>
  lists.filter((list) => problemOf(list, types) === null);

const problemOf = ({ where, id, from, order, dimensions, columns }: Worklist, types: ColumnTypes): string | null => {
  const known = types.get(from);
  if (known === undefined) return `${where} \`${id}\`: there is no relation \`${from}\`.`;
  const named = [...order, ...columns].map(({ column }) => column).concat(Object.values(dimensions));
  const missing = named.find((column) => !known.has(column));
  return missing === undefined ? null : `${where} \`${id}\`: \`${from}\` has no column \`${missing}\`.`;
};
