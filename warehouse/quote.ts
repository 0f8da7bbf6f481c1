/** A name as a quoted SQL identifier. The one place where identifiers are quoted. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A relation's name (`core.encounter`) as quoted SQL, each part apart. */
export const relationName = (name: string): string => name.split('.').map(identifier).join('.');

/** A text as an SQL literal, for statements that take no parameters (`comment on`, `attach`, `set`). */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A path as a pattern that means this path alone, for `read_parquet` and its kin. */
export const globless = (file: string): string => file.replaceAll(/[*?[]/g, (character) => `[${character}]`);
