/** An address longer than this is cut by mail programs and refused by proxies. */
export const mostLetters = 6000;

/** SQL brought by an address, or why it was not taken, as a sentence; nothing where the address has none. */
export type BroughtSql = { readonly sql: string } | { readonly why: string } | null;

/** Where the workbench opens on this SQL: `/workbench?sql=…`; null where that would be too long an address. */
export const sqlAddress = (sql: string): string | null => {
  const address = `/workbench?${new URLSearchParams({ sql })}`;
  return address.length > mostLetters ? null : address;
};

/** The opposite of {@link sqlAddress}. It is written into the editor and never run by itself. */
export const broughtSql = (search: string): BroughtSql => {
  const sql = new URLSearchParams(search).get('sql');
  if (sql === null || sql.trim() === '') return null;
  return search.length > mostLetters
    ? { why: `The link brought SQL of more than ${mostLetters.toLocaleString('en')} letters, which was not taken.` }
    : { sql };
};
