import { fileURLToPath } from 'node:url';
import { readItemTable } from '../contract/item-column.ts';
import { baseUriOf, versionOf, type NaaccrDictionary } from '../naaccr/dictionary/dictionary.ts';
import { dictionaryOf } from '../naaccr/dictionary/read-dictionary.ts';

/**
 * The items that the tumor contract has columns for, as if they were a base dictionary: what is known of NAACCR while
 * nobody gave the official one. Null for versions the table does not know.
 *
 * It is an extract: an id that is not in it may be right all the same.
 */
export const factTableDictionary = (uri: string): NaaccrDictionary | null => {
  const version = versionOf(uri)?.slice(0, 2) ?? '';
  const { rows, versions } = factTable();
  if (!versions.has(version)) return null;
  const items = rows
    .filter((at) => at('versions') === 'both' || at('versions').startsWith(`v${version} only`))
    .map((at) => ({
      line: 0,
      attributes: {
        naaccrId: at('xmlId'),
        naaccrNum: at('number'),
        naaccrName: at('name'),
        length: at('length'),
        recordTypes: at('recordTypes'),
        parentXmlElement: at('parent'),
        dataType: at('type') || undefined,
        padding: at('padding') || undefined,
      },
    }));
  const attributes = { dictionaryUri: uri, naaccrVersion: `${version}0`, specificationVersion: '1.8' };
  return { ...dictionaryOf({ namespace: '', attributes, line: 0, items, hasGroups: false }), isPartial: true };
};

/** The fact table as a base dictionary of each version that it knows. */
export const factTables = (): readonly NaaccrDictionary[] =>
  [...factTable().versions].sort().flatMap((version) => factTableDictionary(baseUriOf(`${version}0`)) ?? []);

const factTable = (): { rows: ReturnType<typeof readItemTable>; versions: ReadonlySet<string> } => {
  const rows = readItemTable(fileURLToPath(new URL('../contract/naaccr-item.csv', import.meta.url)));
  return { rows, versions: new Set(rows.flatMap((at) => /^v(\d\d) only/.exec(at('versions'))?.[1] ?? [])) };
};
