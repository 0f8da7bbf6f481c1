import type { Run, RunBatch } from './fold-run.ts';

/** The way of one contract's rows through a run, from bytes to marts. */
export interface RowWay {
  readonly source: string;
  readonly contract: string;
  readonly bytes: number;
  /** Physical lines; 0 of binary files. */
  readonly lines: number;
  readonly records: number;
  /** Records that could not be read at all. */
  readonly rejected: number;
  readonly mapped: number;
  readonly quarantined: number;
  readonly duplicates: number;
  readonly superseded: number;
  readonly accepted: number;
  /** Tables that read this contract's rows, near or far, with all their rows: of the whole release, not of this run alone. */
  readonly core: readonly TableRows[];
  readonly mart: readonly TableRows[];
}

export interface TableRows {
  readonly name: string;
  readonly rows: number;
}

/** One way for each source and contract that the batches of a run were mapped to, in the order they landed. */
export const rowWays = (run: Pick<Run, 'batches' | 'models'>): readonly RowWay[] => {
  const pairs = run.batches.flatMap((batch) => batch.contracts.map((counts) => ({ batch, counts })));
  const groups = Map.groupBy(pairs, ({ batch, counts }) => `${batch.source} ${counts.contract}`);
  return [...groups.values()].map((same) => {
    const [first] = same as [(typeof pairs)[number]];
    const sum = (of: (one: (typeof pairs)[number]) => number) => same.reduce((total, one) => total + of(one), 0);
    return {
      source: first.batch.source,
      contract: first.counts.contract,
      ...filesOf(sum),
      rejected: sum(({ batch }) => batch.rejected),
      mapped: sum(({ counts }) => counts.mapped),
      quarantined: sum(({ counts }) => counts.quarantined),
      duplicates: sum(({ counts }) => counts.duplicates),
      superseded: sum(({ counts }) => counts.superseded),
      accepted: sum(({ counts }) => counts.accepted),
      ...tablesOf(run.models, first.counts.contract),
    };
  });
};

type Sum = (of: (one: { readonly batch: RunBatch }) => number) => number;

const filesOf = (sum: Sum): Pick<RowWay, 'bytes' | 'lines' | 'records'> => {
  const over = (key: 'lines' | 'records') =>
    sum(({ batch }) => batch.files.reduce((total, file) => total + file[key], 0));
  return { bytes: sum(({ batch }) => batch.bytes), lines: over('lines'), records: over('records') };
};

/** The core table of the contract's own name where there is one, and the marts that read it. */
const tablesOf = (models: Run['models'], contract: string): Pick<RowWay, 'core' | 'mart'> => {
  const children = Map.groupBy(
    models.flatMap(({ name, reads = [] }) => reads.map((parent) => ({ name, parent }))),
    ({ parent }) => parent,
  );
  const reached = new Set<string>();
  const visit = (name: string): void => {
    for (const child of children.get(name) ?? [])
      if (!reached.has(child.name)) {
        reached.add(child.name);
        visit(child.name);
      }
  };
  visit(`raw.${contract}`);
  const inLayer = (layer: string) =>
    models.flatMap(({ name, rows }) =>
      rows !== null && name.startsWith(`${layer}.`) && reached.has(name) ? [{ name, rows }] : [],
    );
  return { core: inLayer('core').filter(({ name }) => name === `core.${contract}`), mart: inLayer('mart') };
};
