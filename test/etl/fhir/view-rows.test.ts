import { expect, test } from 'vitest';
import { MisfitError } from '../../../etl/fhir/path-function.ts';
import { compileView } from '../../../etl/fhir/view-rows.ts';
import { viewProblems } from '../../../etl/fhir/view-problem.ts';
import { viewColumns, type ViewDefinition } from '../../../etl/fhir/view.ts';

const patients = [
  {
    resourceType: 'Patient',
    id: 'a',
    gender: 'female',
    name: [{ family: 'A1', given: ['x', 'y'] }, { family: 'A2' }],
    telecom: [{ system: 'phone', value: '1' }],
    contact: [
      { relationship: 'mother', name: { given: ['m', 'n'] } },
      { relationship: 'father', name: { given: ['f'] } },
    ],
  },
  { resourceType: 'Patient', id: 'b', gender: 'male', name: [{ family: 'B1' }] },
  { resourceType: 'Patient', id: 'c', multipleBirthInteger: 0 },
];

const view = (parts: Partial<ViewDefinition>): ViewDefinition => ({
  name: 'mine',
  resource: 'Patient',
  select: [],
  ...parts,
});

const rowsOf = (parts: Partial<ViewDefinition>): readonly unknown[] => patients.flatMap(compileView(view(parts)));

const id = { column: [{ name: 'id', path: 'id' }] };
const family = [{ name: 'family', path: 'family' }];

test('column: one value or null; numbers and booleans as text', () => {
  expect(
    rowsOf({
      select: [
        {
          column: [
            { name: 'id', path: 'id' },
            { name: 'twin', path: 'multipleBirth.ofType(integer)' },
            { name: 'named', path: 'name.exists()' },
          ],
        },
      ],
    }),
  ).toEqual([
    { id: 'a', twin: null, named: 'true' },
    { id: 'b', twin: null, named: 'true' },
    { id: 'c', twin: '0', named: 'false' },
  ]);
});

test('column: several values do not fit, unless it is a collection', () => {
  expect(() => rowsOf({ select: [{ column: [{ name: 'family', path: 'name.family' }] }] })).toThrow(MisfitError);
  expect(() => rowsOf({ select: [{ column: [{ name: 'name', path: 'name.first()' }] }] })).toThrow(MisfitError);
  expect(rowsOf({ select: [{ column: [{ name: 'all', path: 'name.family', collection: true }] }] })).toEqual([
    { all: '["A1","A2"]' },
    { all: '["B1"]' },
    { all: null },
  ]);
});

test('select beside select: every row of one with every row of the other', () => {
  expect(
    rowsOf({
      select: [
        id,
        { forEach: 'name', column: family },
        { forEach: 'contact', column: [{ name: 'who', path: 'relationship' }] },
      ],
    }),
  ).toEqual([
    { id: 'a', family: 'A1', who: 'mother' },
    { id: 'a', family: 'A1', who: 'father' },
    { id: 'a', family: 'A2', who: 'mother' },
    { id: 'a', family: 'A2', who: 'father' },
  ]);
});

test('forEach: a row an item, none where there is none; $this is the item', () => {
  expect(rowsOf({ select: [id, { forEach: 'name', column: family }] })).toEqual([
    { id: 'a', family: 'A1' },
    { id: 'a', family: 'A2' },
    { id: 'b', family: 'B1' },
  ]);
  expect(rowsOf({ select: [{ forEach: 'name.given', column: [{ name: 'given', path: '$this' }] }] })).toEqual([
    { given: 'x' },
    { given: 'y' },
  ]);
});

test('forEachOrNull: where there is no item a row of nulls, what is nested in it too', () => {
  expect(
    rowsOf({
      select: [id, { forEachOrNull: 'name', column: family, select: [{ column: [{ name: 'use', path: 'use' }] }] }],
    }),
  ).toEqual([
    { id: 'a', family: 'A1', use: null },
    { id: 'a', family: 'A2', use: null },
    { id: 'b', family: 'B1', use: null },
    { id: 'c', family: null, use: null },
  ]);
});

test('forEach within forEach', () => {
  expect(
    rowsOf({
      select: [
        {
          forEach: 'contact',
          column: [{ name: 'who', path: 'relationship' }],
          select: [{ forEach: 'name.given', column: [{ name: 'given', path: '$this' }] }],
        },
      ],
    }),
  ).toEqual([
    { who: 'mother', given: 'm' },
    { who: 'mother', given: 'n' },
    { who: 'father', given: 'f' },
  ]);
});

test('unionAll: the rows of each branch, also within forEach', () => {
  const branch = (path: string, kind: string) => ({
    forEach: path,
    column: [
      { name: 'value', path: kind === 'name' ? 'family' : 'value' },
      { name: 'kind', path: `'${kind}'` },
    ],
  });
  expect(rowsOf({ select: [id, { unionAll: [branch('name', 'name'), branch('telecom', 'phone')] }] })).toEqual([
    { id: 'a', value: 'A1', kind: 'name' },
    { id: 'a', value: 'A2', kind: 'name' },
    { id: 'a', value: '1', kind: 'phone' },
    { id: 'b', value: 'B1', kind: 'name' },
  ]);
  expect(
    rowsOf({
      select: [
        {
          forEach: 'contact',
          unionAll: [
            { column: [{ name: 'x', path: 'relationship' }] },
            { forEach: 'name.given', column: [{ name: 'x', path: '$this' }] },
          ],
        },
      ],
    }),
  ).toEqual(['mother', 'm', 'n', 'father', 'f'].map((x) => ({ x })));
});

test('where: every path is true; false and nothing take the resource out', () => {
  expect(rowsOf({ select: [id], where: [{ path: "gender = 'female'" }] })).toEqual([{ id: 'a' }]);
  expect(rowsOf({ select: [id], where: [{ path: 'gender.exists()' }, { path: 'contact.empty()' }] })).toEqual([
    { id: 'b' },
  ]);
});

test('constants, of whatever type', () => {
  const constant = [
    { name: 'who', valueCode: 'male' },
    { name: 'none', valueInteger: 0 },
  ];
  expect(rowsOf({ constant, select: [id], where: [{ path: 'gender = %who' }] })).toEqual([{ id: 'b' }]);
  expect(rowsOf({ constant, select: [id], where: [{ path: 'multipleBirth.ofType(integer) = %none' }] })).toEqual([
    { id: 'c' },
  ]);
});

test('columns are named in order: own, nested, of the first branch', () => {
  const parts = view({
    select: [
      {
        ...id,
        select: [{ column: [{ name: 'b', path: 'b' }] }],
        unionAll: [{ column: [{ name: 'c', path: 'c' }] }, { column: [{ name: 'c', path: 'd' }] }],
      },
    ],
  });
  expect(viewColumns(parts)).toEqual(['id', 'b', 'c']);
  expect(viewProblems(parts)).toEqual([]);
});

test.each<readonly [string, Partial<ViewDefinition>, string, string]>([
  [
    'a path',
    { select: [{ select: [{ column: [{ name: 'a', path: 'x.last()' }] }] }] },
    'select.0.select.0.column.0.path',
    'the path `x.last()` calls `last()`',
  ],
  ['forEach', { select: [{ forEach: 'a.', column: family }] }, 'select.0.forEach', 'ends too early'],
  ['where', { select: [id], where: [{ path: '%x' }] }, 'where.0.path', 'names the constant `%x`'],
  ['a twin', { select: [id, id] }, 'select', 'names the column `id` twice'],
  [
    'a union',
    { select: [{ unionAll: [id, { column: family }] }] },
    'select.0.unionAll',
    'do not have the same columns',
  ],
])('a mistake in %s is named with its place', (_what, parts, key, says) => {
  const [problem] = viewProblems(view(parts));
  expect(problem?.key.join('.')).toBe(key);
  expect(problem?.says).toContain(says);
});
