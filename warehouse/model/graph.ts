import { UserError } from '../error.ts';

/** A thing to build and the names of what it reads. */
export interface GraphNode {
  readonly name: string;
  readonly file: string;
  readonly parents: readonly string[];
}

/**
 * Sorts nodes so that each comes after all it reads; among equals by name, so the order is always the same.
 *
 * @param given names that exist without being built: raw and reference tables
 * @throws UserError for a relation that nobody builds, or a cycle, which it spells out
 */
export const buildOrder = <N extends GraphNode>(nodes: readonly N[], given: ReadonlySet<string>): N[] => {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const order: N[] = [];
  const done = new Set<string>();
  const visit = (node: N, path: readonly string[]): void => {
    if (done.has(node.name)) return;
    if (path.includes(node.name)) {
      const cycle = [...path.slice(path.indexOf(node.name)), node.name].join(' → ');
      throw new UserError(`${node.file}: models read each other in a circle: ${cycle}.`);
    }
    for (const parent of node.parents) {
      const next = byName.get(parent);
      if (next !== undefined) visit(next, [...path, node.name]);
      else if (!given.has(parent)) throw unknownRelation(node, parent, [...byName.keys(), ...given]);
    }
    done.add(node.name);
    order.push(node);
  };
  for (const node of [...nodes].sort((a, b) => (a.name < b.name ? -1 : 1))) visit(node, []);
  return order;
};

const unknownRelation = (node: GraphNode, parent: string, known: readonly string[]): UserError => {
  const [schema, table] = parent.split('.');
  const kin = known.filter((name) => name.startsWith(`${schema}.`) || name.endsWith(`.${table}`)).sort();
  return new UserError(`${node.file}: ${node.name} reads ${parent}, which does not exist.`, {
    mend: kin.length > 0 ? `There are ${kin.join(', ')}.` : `There is no relation in ${schema}.`,
  });
};
