import { compilePath, type Constant } from './path.ts';
import { isObject, MisfitError, truthOf, type Path } from './path-function.ts';
import { constantsOf } from './view-problem.ts';
import { viewColumns, type ViewColumn, type ViewDefinition, type ViewSelect } from './view.ts';

/** One row of a view: column → text, null where nothing is known. */
export type ViewRow = Readonly<Record<string, string | null>>;

/**
 * A view as a function from a resource to its rows, of none to many.
 *
 * @returns a function that throws MisfitError where several values stand for one
 */
export const compileView = (view: ViewDefinition): ((resource: unknown) => readonly ViewRow[]) => {
  const constants = constantsOf(view);
  const conditions = (view.where ?? []).map(({ path }) => compilePath(path, constants));
  const rows = product(view.select.map((part) => compileSelect(part, constants)));
  return (resource) => (conditions.every((path) => truthOf(path([resource])) === true) ? rows(resource) : []);
};

type Rows = (item: unknown) => readonly ViewRow[];

const compileSelect = (part: ViewSelect, constants: ReadonlyMap<string, Constant>): Rows => {
  const columns = (part.column ?? []).map((column) => ({ column, path: compilePath(column.path, constants) }));
  const branches = (part.unionAll ?? []).map((branch) => compileSelect(branch, constants));
  const inner = product([
    (item) => [Object.fromEntries(columns.map(({ column, path }) => [column.name, textAt(item, column, path)]))],
    ...(part.select ?? []).map((nested) => compileSelect(nested, constants)),
    ...(branches.length === 0 ? [] : [(item: unknown) => branches.flatMap((rows) => rows(item))]),
  ]);
  const each = part.forEach ?? part.forEachOrNull;
  if (each === undefined) return inner;
  const items = compilePath(each, constants);
  const nothing = Object.fromEntries(viewColumns({ select: [part] }).map((name) => [name, null]));
  return (item) => {
    const found = items([item]);
    return found.length === 0 && part.forEach === undefined ? [nothing] : found.flatMap(inner);
  };
};

/** Every row of one with every row of the others. */
const product =
  (parts: readonly Rows[]): Rows =>
  (item) =>
    parts.reduce<readonly ViewRow[]>(
      (rows, part) => {
        if (rows.length === 0) return rows;
        const more = part(item);
        return rows.flatMap((row) => more.map((other) => ({ ...row, ...other })));
      },
      [{}],
    );

const textAt = (item: unknown, { collection = false }: ViewColumn, path: Path): string | null => {
  const found = path([item]);
  if (collection) return found.length === 0 ? null : JSON.stringify(found);
  if (found.length > 1 || isObject(found[0])) throw new MisfitError();
  return found.length === 0 || found[0] === '' ? null : String(found[0]);
};
