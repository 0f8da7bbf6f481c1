import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { foldRun, headOf, type Run, type RunHead } from './fold-run.ts';
import type { LedgerEvent } from './ledger-event.ts';

const eventFile = (folder: string, id: string): string => join(folder, id, 'event.ndjson');

/** Ids of all runs, oldest first. */
export const runIds = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => existsSync(eventFile(folder, name)))
        .sort()
    : [];

/** The events of one run in order. A last line that a crash tore off is left out. */
export const readEvents = (folder: string, id: string): readonly LedgerEvent[] => eventsOf(linesOf(folder, id));

/** The same, but only those that tell of a batch: the others are not even parsed, which most of a ledger is. */
export const readBatchEvents = (folder: string, id: string): readonly LedgerEvent[] =>
  eventsOf(linesOf(folder, id).filter((line) => line.includes('"batch":{')));

const linesOf = (folder: string, id: string): readonly string[] =>
  readFileSync(eventFile(folder, id), 'utf8')
    .split('\n')
    .filter((line, i, all) => i < all.length - 1 && line !== '');

const eventsOf = (lines: readonly string[]): readonly LedgerEvent[] =>
  lines.map((line) => JSON.parse(line) as LedgerEvent);

/**
 * Runs in full, newest first. A run without an end is running if it is the newest, else it was aborted.
 *
 * @param most how many of the newest; all unless told otherwise
 */
export const readRuns = (folder: string, most = Infinity): Promise<readonly Run[]> => {
  const newestFirst = runIds(folder).toReversed().slice(0, most);
  return Promise.resolve(newestFirst.map((id, i) => foldRun(id, readEvents(folder, id), i === 0)));
};

/** One run in full; null where there is none of that id. */
export const readRun = (folder: string, id: string): Promise<Run | null> => {
  const ids = runIds(folder);
  return Promise.resolve(ids.includes(id) ? foldRun(id, readEvents(folder, id), id === ids.at(-1)) : null);
};

/**
 * All runs as lines of a list, newest first.
 *
 * What a run came to is kept in `head.json` beside its events once a later run is on record, and holds as long as the
 * events have the length they had then. Where that cannot be written it is folded again each time.
 */
export const readRunHeads = (folder: string): Promise<readonly RunHead[]> => {
  const newestFirst = runIds(folder).toReversed();
  return Promise.resolve(
    newestFirst.map((id, i) => (i === 0 ? headOf(id, readEvents(folder, id), true) : keptHead(folder, id))),
  );
};

interface KeptHead {
  readonly length: number;
  readonly head: RunHead;
}

const keptHead = (folder: string, id: string): RunHead => {
  const file = join(folder, id, 'head.json');
  const length = statSync(eventFile(folder, id)).size;
  const kept = readKept(file);
  if (kept?.length === length) return kept.head;
  const head = headOf(id, bothEnds(folder, id, length) ?? readEvents(folder, id), false);
  keep(file, { length, head });
  return head;
};

/** Bytes looked at from either end of the events: what a run came to stands in its first line and its last. */
const endBytes = 64 * 1024;

/** The first event and the last, without reading what lies between; null where they do not tell how the run ended. */
const bothEnds = (folder: string, id: string, length: number): readonly LedgerEvent[] | null => {
  if (length <= 2 * endBytes) return null;
  const file = openSync(eventFile(folder, id), 'r');
  try {
    const piece = (from: number): readonly string[] => {
      const bytes = Buffer.alloc(endBytes);
      return bytes.toString('utf8', 0, readSync(file, bytes, 0, endBytes, from)).split('\n');
    };
    const [first, second] = piece(0);
    const last = piece(length - endBytes).slice(-3);
    // A line cut by either edge, or a torn last one, is left to whoever reads it all.
    if (first === undefined || second === undefined || last.length < 3 || last[2] !== '') return null;
    const events = [first, last[1]!].map((line) => JSON.parse(line) as LedgerEvent);
    return headOf(id, events, false).endedAt === null ? null : events;
  } finally {
    closeSync(file);
  }
};

const readKept = (file: string): KeptHead | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as KeptHead;
  } catch {
    // Missing or torn: what it was made from is still there.
    return null;
  }
};

const keep = (file: string, kept: KeptHead): void => {
  try {
    writeFileSync(`${file}.${process.pid}.tmp`, JSON.stringify(kept), { mode: 0o600 });
    renameSync(`${file}.${process.pid}.tmp`, file);
  } catch {
    // A ledger that may only be read is read in full.
  }
};
