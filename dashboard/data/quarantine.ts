/** Rows held back by one rule, as `GET /api/quarantine` counts them; never a row itself. */
export interface Held {
  readonly source: string;
  /** Null where the row could not be read at all. */
  readonly contract: string | null;
  readonly rule: string;
  readonly state: HeldState;
  readonly rows: number;
  /** Ids of the runs that met them first and last. */
  readonly firstRun: string;
  readonly lastRun: string;
}

export type HeldState = 'open' | 'replayed' | 'accepted' | 'discarded' | 'superseded';

/** What became of them, in words. */
export const stateWords: Readonly<Record<HeldState, string>> = {
  open: 'open',
  replayed: 'mended and let in',
  accepted: 'let in by a decision',
  discarded: 'discarded by a decision',
  superseded: 'the file came anew',
};

/** One rule of one source and contract, with its rows by state. */
export interface HeldRule {
  readonly source: string;
  readonly contract: string | null;
  readonly rule: string;
  readonly open: number;
  /** Rows in each other state that has any. */
  readonly settled: readonly { readonly state: HeldState; readonly rows: number }[];
  readonly lastRun: string;
}

/** The rules with most open rows first; those without any last. */
export const byRule = (rows: readonly Held[]): readonly HeldRule[] =>
  [...Map.groupBy(rows, (row) => `${row.source}\n${row.contract ?? ''}\n${row.rule}`).values()]
    .map((same): HeldRule => {
      const [first] = same as [Held, ...Held[]];
      const open = same.filter(({ state }) => state === 'open').reduce((sum, row) => sum + row.rows, 0);
      return {
        ...{ source: first.source, contract: first.contract, rule: first.rule, open },
        settled: same.filter(({ state }) => state !== 'open').map(({ state, rows: count }) => ({ state, rows: count })),
        lastRun: same.map((row) => row.lastRun).reduce((a, b) => (a > b ? a : b)),
      };
    })
    .toSorted((a, b) => b.open - a.open || (a.rule < b.rule ? -1 : 1));

/** The command that shows the rows to whoever may see them, and the one that tries them again. */
export const mendOf = ({ source, rule }: Pick<HeldRule, 'source' | 'rule'>): readonly string[] => [
  `npx himsight quarantine --source ${source} --rule ${rule}`,
  `npx himsight quarantine replay --source ${source} --rule ${rule}`,
];
