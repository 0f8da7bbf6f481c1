import type { Contract } from '../contract/contract.ts';
import { nearest } from '../workspace/nearest.ts';
import type { MappingFile, Rule, WriteFile } from './mapping.ts';
import { numbered } from './numbered.ts';

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
): readonly MappingProblem[] => [
  ...casesProblems(file),
  ...Object.entries(file.writes).flatMap(([id, write]) => {
    const key = ['writes', id];
    const contract = contracts.get(id);
    if (!contract) return [{ key, says: unknownName('contract', id, [...contracts.keys()]) }];
    return [
      ...writeProblems(key, file, write),
      ...ruleSets(key, write).flatMap((set) =>
        Object.entries(set.rules).flatMap(([column, rules]) => [
          ...columnProblem([...set.key, column], column, contract),
          ...[rules]
            .flat()
            .flatMap((rule) => [
              ...shapeProblems([...set.key, column], rule, write, set.isFamily),
              ...sourceProblems([...set.key, column], rule, file),
            ]),
        ]),
      ),
    ];
  }),
];

const ruleSets = (key: readonly string[], write: WriteFile) => [
  { key: [...key, 'columns'], rules: write.columns ?? {}, isFamily: false },
  ...(write.families ?? []).map((rules, i) => ({ key: [...key, 'families', String(i)], rules, isFamily: true })),
];

const casesProblems = ({ cases, reads }: MappingFile): readonly MappingProblem[] =>
  Object.entries<string>({ ...cases }).flatMap(([name, column]) => undeclared(['cases', name], column, reads));

const writeProblems = (key: readonly string[], file: MappingFile, write: WriteFile): readonly MappingProblem[] => {
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
      problems.push(...undeclared([...key, part, column], column, file.reads));
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
  const givers = [rule.from, rule.constant, rule.number, rule.name].filter((giver) => giver !== undefined).length;
  const ofCases = write.rows === 'event' || write.rows === 'case';
  const wrong: readonly (readonly [boolean, string])[] = [
    [givers !== 1, 'takes one of `from`, `constant`, `number` and `name`'],
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

const sourceProblems = (key: readonly string[], rule: Rule, { reads }: MappingFile): readonly MappingProblem[] => [
  ...(rule.from === undefined || rule.from === '*' ? [] : undeclared([...key, 'from'], rule.from, reads)),
  ...Object.keys(rule.when ?? {}).flatMap((column) => undeclared([...key, 'when', column], column, reads)),
];

const undeclared = (key: readonly string[], column: string, reads: MappingFile['reads']): readonly MappingProblem[] => {
  if (typeof reads.columns === 'string') return [];
  const declared = reads.columns.flatMap(numbered).map(({ name }) => name);
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
