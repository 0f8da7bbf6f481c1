import type { Catalogue } from '../../../dashboard/data/catalogue.ts';
import { emptyExplore, exploreGrains, type ExploreView } from '../../../dashboard/data/explore-address.ts';

/** A view as somebody might come to it: ids and values that exist, in all shapes; not everything in it fits together. */
export const randomView = (random: () => number, { metrics, dimensions }: Catalogue): ExploreView => {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const [first] = [pick(metrics)];
  const own = first.dimensions;
  const dimension = (): string | null => (own.length === 0 || random() < 0.3 ? null : pick(own));
  const values = (id: string): readonly string[] => {
    const known = dimensions.find((one) => one.id === id)?.values.map(({ value }) => value) ?? [];
    // Now and then what is not recorded, and what nobody has.
    const all = [...known, ...known, '', 'a, "b" = 50 %'];
    return [...new Set(Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(all)))];
  };
  const kin = metrics.filter((metric) => metric.subject === first.subject);
  const filters = random() < 0.5 || own.length === 0 ? [] : [pick(own), pick(own)].slice(0, random() < 0.7 ? 1 : 2);
  return {
    ...emptyExplore,
    metrics: [first.id, ...(random() < 0.4 ? [pick(kin).id, pick(kin).id] : [])],
    rows: dimension(),
    columns: random() < 0.5 ? null : dimension(),
    grain: pick([null, null, ...exploreGrains.slice(1)]),
    period: pick([
      ...[1, 6, 6, 12, 12, 24, 24].map((months) => ({ kind: 'last', months }) as const),
      ...['2025-03', '2026-02', '2026-09'].map((to) => ({ kind: 'between', from: '2025-03', to }) as const),
      ...['2025-03-06', '2026-02-11'].map((to) => ({ kind: 'between', from: '2025-03-04', to }) as const),
    ]),
    where: Object.fromEntries(filters.map((id) => [id, values(id)])),
    compare: pick([null, null, 'year', 'previous']),
  };
};
