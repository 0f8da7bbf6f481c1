/** A table SQL may read. */
export interface OpenTable {
  readonly name: string;
  readonly summary: string | null;
  readonly rows: number | null;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly describes: string | null }[];
}

/** What the workbench has to work on. */
export type Schema = {
  readonly release: string;
  readonly tables: readonly OpenTable[];
} & (
  | { readonly isOpen: true; readonly rows: number; readonly seconds: number }
  | { readonly isOpen: false; readonly why: string }
);

/** Tables whose name, summary or columns hold every word asked for, those named so first. */
export const findTables = (tables: readonly OpenTable[], asked: string): readonly OpenTable[] => {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = ({ name, summary, columns }: OpenTable): number => {
    const text = `${name} ${summary ?? ''} ${columns.map((column) => column.name).join(' ')}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) return 0;
    return words.every((word) => name.toLowerCase().includes(word)) ? 2 : 1;
  };
  return tables
    .map((table) => ({ table, rank: rank(table) }))
    .filter((one) => one.rank > 0)
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ table }) => table);
};
