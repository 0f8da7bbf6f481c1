import { expect, test } from 'vitest';
import { buildOrder } from '../../../warehouse/model/graph.ts';

const node = (name: string, ...parents: string[]) => ({ name, file: `sql/${name.replace('.', '/')}.sql`, parents });

test('each comes after all it reads; equals by name, whatever the order they were found in', () => {
  const nodes = [node('mart.z', 'core.b', 'core.a'), node('core.b', 'raw.x'), node('core.a', 'core.b'), node('core.c')];
  const order = ['core.b', 'core.a', 'core.c', 'mart.z'];
  expect(buildOrder(nodes, new Set(['raw.x'])).map(({ name }) => name)).toEqual(order);
  expect(buildOrder([...nodes].reverse(), new Set(['raw.x'])).map(({ name }) => name)).toEqual(order);
});

test('a circle is spelled out', () => {
  const circle = [node('core.a', 'core.b'), node('core.b', 'core.c'), node('core.c', 'core.b')];
  expect(() => buildOrder(circle, new Set())).toThrow(
    'sql/core/b.sql: models read each other in a circle: core.b → core.c → core.b.',
  );
  expect(() => buildOrder([node('core.a', 'core.a')], new Set())).toThrow('core.a → core.a');
});

test('an unknown relation is named, with what there is', () => {
  const act = (): unknown => buildOrder([node('core.a', 'staging.b')], new Set(['raw.b', 'raw.c']));
  expect(act).toThrow('sql/core/a.sql: core.a reads staging.b, which does not exist.');
  expect(act).toThrow(expect.objectContaining({ mend: 'There are raw.b.' }));
});
