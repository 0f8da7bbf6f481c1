import { isMap, isNode, isScalar, type Document, type Pair } from 'yaml';

/** Keys and list positions from the root of a YAML file to a place in it. */
export type YamlPath = readonly (string | number)[];

/** The path that a JSON pointer (`/metrics/3/measure`) leads along. */
export const pathOf = (pointer: string): YamlPath =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** A path as a person writes it: `metrics[3].measure.p`; empty for the root. */
export const keyOf = (path: YamlPath): string =>
  path.map((step, i) => (/^\d+$/.test(String(step)) ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');

/** Where in the text the key of the path stands; of the longest part of it that is there, else the beginning. */
export const offsetOf = (document: Document, path: YamlPath): number => {
  for (let length = path.length; length > 0; length--) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const last = String(path[length - 1]);
    const pair = isMap(parent)
      ? parent.items.find((item: Pair) => isScalar(item.key) && String(item.key.value) === last)
      : undefined;
    const node: unknown = pair?.key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
};
