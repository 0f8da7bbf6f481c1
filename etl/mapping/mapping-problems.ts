import type { Contract } from '../contract/contract.ts';
import { nearest } from '../workspace/nearest.ts';
import type { MappingFile, Rule, WriteFile } from './mapping.ts';
import { numbered } from './numbered.ts';
import { viewColumns, type ViewDefinition } from '../fhir/view.ts';

/** A mistake that the JSON Schema cannot see, for it takes the contracts or two places of the file to notice. */
export interface MappingProblem {
  /** Path of the key in the file. */
  readonly key: readonly string[];
  /** What is wrong and the mend. */
  readonly says: string;
}

/** Every such mistake of a mapping file; none when it fits the contracts. */
export const mappingProblems = (
  file: MappingFile,
  contracts: ReadonlyMap<string, Contract>,
  viewOf: (name: string) => ViewDefinition,
): readonly MappingProblem[] => {
  const known = knownColumns(file, viewOf);
  return [
    ...Object.entries<string>({ ...file.cases }).flatMap(([name, column]) =>
      undeclared(['cases', name], column, known),
    ),
    ...viewProblems(file),
    ...lookupProblems(file, known, viewOf),
    ...Object.entries(file.writes).flatMap(([id, write]) => writesProblems(file, id, write, contracts, known)),
  ];
};

const writesProblems = (
  file: MappingFile,
  id: string,
  write: WriteFile,
  contracts: ReadonlyMap<string, Contract>,
  known: KnownColumns,
): readonly MappingProblem[] => {
  const key = ['writes', id];
  const contract = contracts.get(id);
  if (!contract) return [{ key, says: unknownName('contract', id, [...contracts.keys()]) }];
  return [
    ...writeProblems(key, file, write, known),
    ...ruleSets(key, write).flatMap((set) =>
      Object.entries(set.rules).flatMap(([column, rules]) => [
        ...columnProblem([...set.key, column], column, contract),
        ...[rules]
          .flat()
          .flatMap((rule) => [
            ...shapeProblems([...set.key, column], rule, write, set.isFamily),
            ...sourceProblems([...set.key, column], rule, known),
          ]),
      ]),
    ),
  ];
};

/** Names that a mapping may read: of its own columns (null where only the files tell), and of what it looks up. */
interface KnownColumns {
  readonly own: readonly string[] | null;
  readonly lookedUp: readonly string[];
}

const knownColumns = ({ reads, lookups }: MappingFile, viewOf: (name: string) => ViewDefinition): KnownColumns => ({
  own:
    typeof reads.columns !== 'string'
      ? reads.columns.flatMap(numbered).map(({ name }) => name)
      : reads.view === undefined
        ? null
        : viewColumns(viewOf(reads.view)),
  lookedUp: Object.entries(lookups ?? {}).flatMap(([name, { columns }]) => columns.map((one) => `${name}.${one}`)),
});

const lookupProblems = (
  { lookups }: MappingFile,
  known: KnownColumns,
  viewOf: (name: string) => ViewDefinition,
): readonly MappingProblem[] =>
  Object.entries(lookups ?? {}).flatMap(([name, { by, view, key, columns, only, first }]) => {
    const read =
      view === undefined ? [] : [key, ...columns, ...Object.keys(only ?? {}), ...(first === undefined ? [] : [first])];
    const inView = view === undefined ? [] : viewColumns(viewOf(view));
    const stranger = read.find((column) => !inView.includes(column));
    return [
      ...undeclared(['lookups', name, 'by'], by, { ...known, lookedUp: [] }),
      ...(stranger === undefined
        ? []
        : [{ key: ['lookups', name], says: unknownName(`column of view ${view}`, stranger, inView) }]),
    ];
  });

const ruleSets = (key: readonly string[], write: WriteFile) => [
  { key: [...key, 'columns'], rules: write.columns ?? {}, isFamily: false },
  ...(write.families ?? []).map((rules, i) => ({ key: [...key, 'families', String(i)], rules, isFamily: true })),
];

const viewProblems = ({ reads }: MappingFile): readonly MappingProblem[] => {
  const isFhir = reads.format === 'fhir-ndjson';
  if (isFhir === (reads.view !== undefined) && isFhir === (reads.columns === 'view')) return [];
  return [{ key: ['reads'], says: '`format: fhir-ndjson`, `view` and `columns: view` belong together' }];
};

const writeProblems = (
  key: readonly string[],
  file: MappingFile,
  write: WriteFile,
  known: KnownColumns,
): readonly MappingProblem[] => {
  const problems: MappingProblem[] = [];
  const ofCases = write.rows === 'event' || write.rows === 'case';
  if (ofCases && !file.cases)
    problems.push({ key, says: `rows: ${write.rows} needs \`cases\`; say by, order, event and time of the log` });
  if (write.rows === 'unpivot' && !write.families)
    problems.push({ key, says: 'rows: unpivot needs `families`; name the numbered columns' });
  if (write.rows !== 'unpivot' && write.families)
    problems.push({ key: [...key, 'families'], says: 'belongs to rows: unpivot alone' });
  for (const [i, family] of (write.families ?? []).entries()) {
    const counts = new Set(
      Object.values(family)
        .flat()
        .map(({ from }) => numbersOf(from))
        .filter(Boolean),
    );
    if (counts.size > 1)
      problems.push({
        key: [...key, 'families', String(i)],
        says: 'its columns do not count the same numbers; make their braces alike',
      });
  }
  for (const part of ['only', 'except'] as const)
    for (const column of Object.keys(write[part] ?? {}))
      problems.push(...undeclared([...key, part, column], column, known));
  return problems;
};

const columnProblem = (key: readonly string[], column: string, contract: Contract): readonly MappingProblem[] => {
  const known = contract.columns.map(({ name }) => name);
  return known.includes(column) ? [] : [{ key, says: unknownName(`column of contract ${contract.id}`, column, known) }];
};

const shapeProblems = (
  key: readonly string[],
  rule: Rule,
  write: WriteFile,
  isFamily: boolean,
): readonly MappingProblem[] => {
  const givers = [rule.from, rule.constant, rule.age, rule.place, rule.number, rule.name].filter(
    (giver) => giver !== undefined,
  ).length;
  const isMade = rule.age !== undefined || rule.place !== undefined;
  const reshapes = [rule.trim, rule.null_if, rule.carry, rule.at].some((one) => one !== undefined);
  const ofCases = write.rows === 'event' || write.rows === 'case';
  const wrong: readonly (readonly [boolean, string])[] = [
    [givers !== 1, 'takes one of `from`, `constant`, `age`, `place`, `number` and `name`'],
    [isMade && reshapes, '`age` and `place` take `values` and `when` alone beside them'],
    [rule.age !== undefined && write.rows === 'case', '`age` looks at one row; a case has many'],
    [rule.place !== undefined && write.rows !== 'each', '`place` needs rows: each'],
    [
      !isFamily && (rule.number === true || rule.name === true),
      '`number` and `name` belong to a family of rows: unpivot',
    ],
    [!isFamily && numbersOf(rule.from) !== '', 'numbered columns belong to a family of rows: unpivot'],
    [rule.carry === true && !ofCases, '`carry` needs rows: event or rows: case'],
    [rule.at !== undefined && write.rows !== 'case', '`at` needs rows: case'],
    [rule.at !== undefined && rule.carry === true, 'takes `at` or `carry`, not both'],
    [rule.when !== undefined && write.rows === 'case', '`when` looks at one row; a case has many'],
    [rule.else !== undefined && !rule.values, '`else` needs `values`'],
  ];
  return wrong.filter(([is]) => is).map(([, says]) => ({ key, says }));
};

const sourceProblems = (key: readonly string[], rule: Rule, known: KnownColumns): readonly MappingProblem[] => [
  ...(rule.from === undefined || rule.from === '*' ? [] : undeclared([...key, 'from'], rule.from, known)),
  ...Object.entries(rule.age ?? {}).flatMap(([part, column]) => undeclared([...key, 'age', part], column, known)),
  ...(['in', 'order'] as const).flatMap((part) =>
    (rule.place?.[part] ?? []).flatMap((column) => undeclared([...key, 'place', part], column, known)),
  ),
  ...Object.keys(rule.when ?? {}).flatMap((column) => undeclared([...key, 'when', column], column, known)),
];

const undeclared = (
  key: readonly string[],
  column: string,
  { own, lookedUp }: KnownColumns,
): readonly MappingProblem[] => {
  if (own === null) return [];
  const declared = [...own, ...lookedUp];
  const missing = numbered(column).find(({ name }) => !declared.includes(name));
  return missing ? [{ key, says: unknownName('column of `reads`', missing.name, declared) }] : [];
};

const numbersOf = (from: string | undefined): string =>
  from === undefined
    ? ''
    : numbered(from)
        .map(({ number }) => number ?? '')
        .join();

/** `encouter` is no contract; did you mean `encounter`? */
export const unknownName = (kind: string, given: string, known: readonly string[]): string => {
  const meant = nearest(given, known);
  return `\`${given}\` is no ${kind}; ${meant ? `did you mean \`${meant}\`?` : `known are ${known.join(', ')}`}`;
};
