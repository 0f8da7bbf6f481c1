/** One row of a delivery; `day` is an ISO date, null of a row that has none. */
export interface Row {
  readonly id: string;
  readonly day: string | null;
  readonly value: number;
}

/** What stands under one name: the last that came there. */
export interface Standing {
  readonly name: string;
  /** As its manifest gives it; '' where none does. */
  readonly asOf: string;
  /** Of snapshots: [from, to). */
  readonly period: readonly [string, string];
  readonly rows: readonly Row[];
}

type Kind = 'parts' | 'full' | 'delta' | 'snapshot';

/**
 * The rows that should be live, by the plainest loops: deliveries one after the other in their order, each doing to the
 * rows what its kind says.
 *
 * @param hasDates whether the period of a row can be told
 */
export const liveRows = (kind: Kind, standing: readonly Standing[], hasDates: boolean): readonly Row[] => {
  const inOrder = distinct(kind, [...standing].sort(before));
  const rows = new Map<string, Row>();
  for (const [i, delivery] of inOrder.entries()) {
    if (kind === 'full') rows.clear();
    if (kind === 'snapshot') {
      if (inOrder.slice(i + 1).some(({ period }) => period[0] <= delivery.period[0] && delivery.period[1] <= period[1]))
        continue;
      if (hasDates)
        for (const { id, day } of [...rows.values()])
          if (day !== null && day >= delivery.period[0] && day < delivery.period[1]) rows.delete(id);
    }
    for (const row of delivery.rows) rows.set(row.id, row);
  }
  return [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
};

const before = (a: Standing, b: Standing): number => {
  if (a.asOf !== b.asOf) return a.asOf < b.asOf ? -1 : 1;
  return a.name < b.name ? -1 : 1;
};

/** The same content under several names is one delivery, in the last of its places. */
const distinct = (kind: Kind, inOrder: readonly Standing[]): readonly Standing[] => {
  const said = ({ rows, period }: Standing): string => JSON.stringify([rows, kind === 'snapshot' ? period : null]);
  return inOrder.filter((one, i) => !inOrder.slice(i + 1).some((later) => said(later) === said(one)));
};
