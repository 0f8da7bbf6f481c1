import { UserError } from '../../warehouse/error.ts';
import { compilePath, type Constant } from './path.ts';
import { viewColumns, type ViewDefinition, type ViewSelect } from './view.ts';

/** A mistake of a view that its JSON Schema cannot see. */
export interface ViewProblem {
  readonly key: readonly string[];
  readonly says: string;
}

type Constants = ReadonlyMap<string, Constant>;

/** The constants of a view by name. */
export const constantsOf = ({ constant = [] }: Pick<ViewDefinition, 'constant'>): Constants =>
  new Map(constant.flatMap(({ name, ...value }) => Object.values(value).map((one) => [name, one] as const)));

/** Every such mistake: paths that are not understood, a column named twice, branches of a union that differ. */
export const viewProblems = (view: ViewDefinition): readonly ViewProblem[] => {
  const names = viewColumns(view);
  const twin = names.find((name, i) => names.indexOf(name) < i);
  const constants = constantsOf(view);
  return [
    ...(twin === undefined ? [] : [{ key: ['select'], says: `names the column \`${twin}\` twice` }]),
    ...(view.where ?? []).flatMap(({ path }, i) => pathProblems(['where', String(i), 'path'], path, constants)),
    ...selectProblems(['select'], view.select, constants),
  ];
};

const selectProblems = (
  key: readonly string[],
  selects: readonly ViewSelect[],
  constants: Constants,
): readonly ViewProblem[] =>
  selects.flatMap((part, i) => {
    const here = [...key, String(i)];
    const { column = [], select = [], unionAll = [] } = part;
    const [first, ...others] = unionAll.map((branch) => viewColumns({ select: [branch] }).join());
    return [
      ...(['forEach', 'forEachOrNull'] as const).flatMap((name) =>
        pathProblems([...here, name], part[name], constants),
      ),
      ...column.flatMap(({ path }, at) => pathProblems([...here, 'column', String(at), 'path'], path, constants)),
      ...(others.every((columns) => columns === first)
        ? []
        : [{ key: [...here, 'unionAll'], says: 'its branches do not have the same columns in the same order' }]),
      ...selectProblems([...here, 'select'], select, constants),
      ...selectProblems([...here, 'unionAll'], unionAll, constants),
    ];
  });

const pathProblems = (
  key: readonly string[],
  path: string | undefined,
  constants: Constants,
): readonly ViewProblem[] => {
  if (path === undefined) return [];
  try {
    compilePath(path, constants);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ key, says: `the path \`${path}\` ${error.message}` }];
  }
};
