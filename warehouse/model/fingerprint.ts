import { version } from '@duckdb/node-api';
import { createHash } from 'node:crypto';
import type { Header } from './header.ts';

/** SHA-256 of several texts, as hex; where one ends and the next begins is part of the hash. */
export const digest = (parts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
};

/** What a header says, without its layout: a comment moved or wrapped anew is the same meaning. */
const meaningOf = (header: Header): string =>
  JSON.stringify(
    [['summary', header.summary], ...Object.entries(header.fields).sort()].map(([label, text]) => [
      label,
      text!.split(/\s+/).join(' '),
    ]),
  );

/**
 * The definition of a model: its canonical text, what its header says, the functions it uses and the definitions of
 * what it reads, under this version of DuckDB. The same definition over the same raw rows gives the same table.
 *
 * @param functions meanings of the macros it calls
 * @param parents definitions of what it reads: models, reference tables (their content) and raw tables (their columns)
 */
export const definitionOf = (
  canonical: string,
  header: Header,
  functions: readonly string[],
  parents: readonly string[],
): string => digest([version(), canonical, meaningOf(header), digest(functions), digest(parents)]);
