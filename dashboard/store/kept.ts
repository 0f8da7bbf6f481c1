import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AnySchemaObject } from 'ajv';
import { isMap, isSeq, parseDocument } from 'yaml';
import { writeDurably } from '../../warehouse/durable-file.ts';
import { UserError } from '../../warehouse/error.ts';
import {
  problemError,
  readCheckedYaml,
  shapeProblems,
  type ShapeProblem,
} from '../../warehouse/metric/checked-yaml.ts';
import { fileSchema } from './entry-schema.ts';
import { asStoreFault } from './store-fault.ts';
import { withStoreLock } from './store-lock.ts';

/** Who did something, and when: ISO 8601, UTC. The name is what the person typed; nothing proves it until there is a login. */
export interface Stamp {
  readonly author: string;
  readonly at: string;
}

/** What every entry of the store carries. */
export interface Kept extends Stamp {
  /** Eight hex digits, by chance. */
  readonly id: string;
  /** Set once it was taken back. It stays in the file: nothing that was said is lost. */
  readonly retired?: Stamp;
}

/** An entry before the store has given it id and time. */
export type Draft<T extends Kept> = Omit<T, 'id' | 'at' | 'retired'>;

/** What is wrong with an entry that a schema cannot see. */
export type Objection = Omit<ShapeProblem, 'rank'>;

/** One kind of thing that is kept: how its file is called and what an entry must look like. */
export interface Kind<T extends Kept> {
  /** Name of the file, without `.yaml`, and of one entry in sentences. */
  readonly one: string;
  /** Key of the list in the file and in the export. */
  readonly many: string;
  /** JSON Schema of what an entry holds beside id, author, at and retired. */
  readonly properties: Readonly<Record<string, AnySchemaObject>>;
  readonly required: readonly (keyof T & string)[];
  /** What the schema cannot see; `standing` are the other entries that are not taken back. */
  readonly object?: (entry: T, standing: readonly T[]) => Objection | null;
}

/** One list of the store. */
export interface Shelf<T extends Kept> {
  /** All entries in the order they were written, those taken back too. @throws StoreFault where the file is damaged */
  readonly read: () => readonly T[];
  /** Holds a draft against what an entry must look like, without keeping it. @throws UserError naming the key */
  readonly check: (draft: Draft<T>) => void;
  /** Writes one more. On the disk before it answers. @throws UserError naming the key where the draft is wrong */
  readonly keep: (draft: Draft<T>, now?: Date) => Promise<T>;
  /** Takes one back. @throws UserError where there is none of this id, or it was taken back before */
  readonly retire: (id: string, author: string, now?: Date) => Promise<T>;
}

/** Those not taken back, in the order written. */
export const standing = <T extends Kept>(entries: readonly T[]): readonly T[] =>
  entries.filter(({ retired }) => retired === undefined);

/** The list of one kind in a folder that need not be there yet. Made once a process: it remembers what it read. */
export const shelf = <T extends Kept>(folder: string, kind: Kind<T>): Shelf<T> => {
  const file = join(folder, `${kind.one}.yaml`);
  let last: { readonly state: string; readonly entries: readonly T[] } | null = null;

  const read = (): readonly T[] => {
    const state = stateOf(file);
    if (state === null) return [];
    if (last?.state !== state) last = { state, entries: readEntries(file, kind) };
    return last.entries;
  };

  /** Changes the text of the file, alone; comments and the order of keys written by hand stay. */
  const change = async (edit: (entries: readonly T[]) => Edit<T>): Promise<T> =>
    withStoreLock(folder, () => {
      const entries = existsSync(file) ? readEntries(file, kind) : [];
      const { entry, path, value } = edit(entries);
      const document = parseDocument(existsSync(file) ? readFileSync(file, 'utf8') : emptyFile(kind));
      document.setIn([kind.many, ...path], document.createNode(value));
      const list = document.get(kind.many);
      // What stood as `[]` would go on as one line.
      if (isSeq(list)) list.flow = false;
      if (isMap(document.contents)) document.contents.flow = false;
      replaceFile(folder, file, document.toString({ lineWidth: 100 }));
      return entry;
    });

  /** A draft as the entry it would be. @throws UserError naming the key where its shape is wrong */
  const stamped = (draft: Draft<T>, now: Date): T => {
    for (const key of ['id', 'at', 'retired'])
      if (key in draft) throw problemError({ path: [key], says: 'is given by the store.', mend: 'Leave it out.' }, '');
    const entry = { id: newId(), ...wellFormed(draft), at: now.toISOString() } as unknown as T;
    refuseWrong(entry, kind);
    return entry;
  };
  const refuseObjected = (entry: T, entries: readonly T[]): void => {
    const objection = kind.object?.(entry, standing(entries)) ?? null;
    if (objection !== null) throw problemError(objection, '');
  };

  return {
    read,
    check: (draft) => refuseObjected(stamped(draft, new Date()), read()),
    keep: async (draft, now = new Date()) => {
      const kept = stamped(draft, now);
      return change((entries) => {
        refuseObjected(kept, entries);
        let entry = kept;
        while (entries.some(({ id }) => id === entry.id)) entry = { ...entry, id: newId() };
        return { entry, path: [entries.length], value: entry };
      });
    },
    retire: (id, author, now = new Date()) =>
      change((entries) => {
        const at = entries.findIndex((one) => one.id === id);
        const found = entries[at];
        if (found === undefined)
          throw problemError(
            { path: [], says: `There is no ${kind.one} of this id.`, mend: 'Load the page anew.' },
            '',
          );
        if (found.retired !== undefined)
          throw problemError(
            { path: [], says: `This ${kind.one} was taken back already.`, mend: 'Load the page anew.' },
            '',
          );
        const retired: Stamp = { author: author.toWellFormed(), at: now.toISOString() };
        const entry: T = { ...found, retired };
        refuseWrong(entry, kind);
        return { entry, path: [at, 'retired'], value: retired };
      }),
  };
};

interface Edit<T> {
  readonly entry: T;
  /** What is written, and where in the list. */
  readonly value: T | Stamp;
  readonly path: readonly (number | string)[];
}

const emptyFile = <T extends Kept>({ one, many }: Kind<T>): string =>
  `# Kept by Himsight, one ${one} an entry; dashboard/store/README.md says what each key means.\n` +
  `version: 1\n${many}: []\n`;

/** Tells two states of a file apart without reading it: every write renames, so the file is another one. Null: there is none. */
const stateOf = (file: string): string | null => {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : `${found.ino} ${found.size} ${found.mtimeNs}`;
};

const twice: Objection = { path: ['id'], says: 'stands there twice.', mend: 'Give one of them another.' };

/** @throws StoreFault naming file, line and key: a damaged file is never taken for an empty one, and never written over */
const readEntries = <T extends Kept>(file: string, kind: Kind<T>): readonly T[] => {
  try {
    const { value, at } = readCheckedYaml<Readonly<Record<string, readonly T[]>>>(file, fileSchema(kind));
    const entries = value[kind.many] ?? [];
    const ids = new Set<string>();
    const before: T[] = [];
    for (const [index, entry] of entries.entries()) {
      const objection = ids.has(entry.id) ? twice : entry.retired ? null : (kind.object?.(entry, before) ?? null);
      if (objection !== null) {
        const path = [kind.many, index, ...objection.path];
        throw problemError({ ...objection, path }, `${at(path)} `);
      }
      ids.add(entry.id);
      if (entry.retired === undefined) before.push(entry);
    }
    return entries;
  } catch (error) {
    throw asStoreFault(withoutFolder(error, `${kind.one}.yaml`), `What is kept of ${kind.many} cannot be read`);
  }
};

/** The sentence names the file within the data folder: where that stands on this machine is nobody's business who asks from afar. */
const withoutFolder = (error: unknown, name: string): unknown => {
  if (!(error instanceof UserError)) return error;
  const { message, mend } = error;
  const from = Math.max(0, message.indexOf(name));
  return new UserError(`store/${message.slice(from)}`, mend === null ? {} : { mend });
};

/** @throws UserError naming the key: to whoever filled a form, the list the entry ends up in means nothing */
const refuseWrong = <T extends Kept>(entry: T, kind: Kind<T>): void => {
  const problems = shapeProblems({ version: 1, [kind.many]: [entry] }, fileSchema(kind));
  const [worst] = problems.sort((a, b) => b.rank - a.rank);
  if (worst !== undefined) throw problemError({ ...worst, path: worst.path.slice(2) }, '');
};

const newId = (): string => randomBytes(4).toString('hex');

/** Half a surrogate pair cannot be written as UTF-8: it would come back as another character. */
const wellFormed = (value: unknown): object =>
  JSON.parse(JSON.stringify(value), (_key, each: unknown) =>
    typeof each === 'string' ? each.toWellFormed() : each,
  ) as object;

/** Under the lock. What a writer that died left beside the file is removed first. */
const replaceFile = (folder: string, file: string, text: string): void => {
  try {
    for (const name of readdirSync(folder))
      if (/\.yaml\.\d+\.tmp$/.test(name)) rmSync(join(folder, name), { force: true });
    writeDurably(file, text);
  } catch (error) {
    throw asStoreFault(error, 'It could not be kept');
  }
};
