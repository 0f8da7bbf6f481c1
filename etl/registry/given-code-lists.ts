import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import { isFolder } from '../find.ts';
import { readCodeList, type CodeList, type CodeLists } from '../naaccr/rule/code-list.ts';
import { unzip, ZipError } from '../zip.ts';

/** A list by its name: the id of its item, and for items with several lists something behind `_`. */
const listName = /^([a-z][a-zA-Z0-9]*)(_[a-zA-Z0-9]+)?\.csv$/;

/**
 * Code lists as they are published: a zip archive or a folder of CSV files, each named for the id of its item. The version
 * of NAACCR stands in the name of the archive or folder, as -260.
 *
 * @throws UserError when there is none, or it cannot be read
 */
export const givenCodeLists = async (path: string): Promise<CodeLists> => {
  const lists = new Map<string, CodeList>();
  for (const [name, text] of await textsOf(path)) {
    const id = listName.exec(name)?.[1];
    if (id === undefined) continue;
    const known = lists.get(id);
    const list = readCodeList(text);
    lists.set(
      id,
      known ? { codes: new Set([...known.codes, ...list.codes]), ranges: [...known.ranges, ...list.ranges] } : list,
    );
  }
  if (lists.size === 0)
    throw new UserError(`${basename(path)} holds no code lists`, {
      mend: 'Give a zip archive or a folder of CSV files, each named for the id of its item.',
    });
  return { version: /-(\d{3})(\.zip)?$/.exec(basename(path))?.[1] ?? null, lists };
};

const textsOf = async (path: string): Promise<readonly (readonly [string, string])[]> => {
  try {
    if (isFolder(path))
      return readdirSync(path)
        .filter((name) => listName.test(name))
        .map((name) => [name, readFileSync(join(path, name), 'utf8')]);
    const { entries } = await unzip(readFileSync(path), (name) => listName.test(basename(name)));
    return [...entries].map(([name, bytes]) => [basename(name), bytes.toString('utf8')]);
  } catch (cause) {
    const why = cause instanceof ZipError ? `is no zip archive that can be read (${cause.flaw})` : 'cannot be read';
    throw new UserError(`The code lists ${basename(path)}: the file ${why}`, {
      mend: 'Check `--code-lists` or `registry.code_lists` of himsight.yaml.',
      cause,
    });
  }
};
