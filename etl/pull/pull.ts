import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { renameDurably, writeDurably } from '../../warehouse/durable-file.ts';
import { UserError } from '../../warehouse/error.ts';
import { HeldError, TransientError } from '../error.ts';
import { manifestName } from '../find.ts';
import type { Progress } from '../print/progress.ts';
import type { DatabaseSource, Source, Workspace } from '../workspace/workspace.ts';
import { writeCsv } from './csv-file.ts';
import { databaseFault } from './database-fault.ts';
import { openDatabase, placeholder, type Database } from './database.ts';
import { bind, readQuery } from './query-text.ts';
import { pulledName, pullFolder } from './pull-folder.ts';
import type { ExtractKind } from '../workspace/config.ts';

/** What is pulled, and for which days. */
export interface PullRequest {
  readonly source: Source & { readonly database: DatabaseSource };
  readonly workspace: Workspace;
  /** The months asked for; null: those the source says. */
  readonly from: string | null;
  readonly to: string | null;
  /** Whether the source's times are UTC, else the clock of its zone. */
  readonly isInstant: boolean;
  readonly progress: Progress;
}

/**
 * Asks a database for the rows of a source and lays them down as an extract: a CSV file, and the manifest that says what
 * is in it, in a folder of their own under data/pull/<source>. What is there is there whole.
 *
 * @throws TransientError where the database is away or the connection broke; nothing is laid down then
 * @throws HeldError where login, query or rows are at fault, told without a value of any row
 */
export const pull = async (request: PullRequest): Promise<void> => {
  const { source, workspace, progress } = request;
  const { id, query: file } = source.database;
  const config = workspace.config.databases![id]!;
  const query = readQuery(file, relative(workspace.folder, file));
  const database = await openDatabase(id, config, workspace.folder);
  try {
    const asOf = await database.clock();
    const values = { ...daysOf(request, asOf), since: sinceOf(request) };
    const bound = bind(query, values, placeholder[config.dialect]);
    const columns = await database.columns(bound);
    refuseTwins(query.name, columns);
    const period = query.parameters.has('from') ? { period_start: values.from, period_end: values.to } : {};
    const extract = query.parameters.has('from') ? 'snapshot' : query.parameters.has('since') ? 'delta' : 'full';
    await layDown({ source, workspace, asOf, extract, period }, async (path) =>
      writeCsv(
        path,
        columns.map(({ name }) => name),
        database.rows(bound, columns),
        (rows) => {
          progress(`Pulling ${source.id}`, rows, null);
        },
      ),
    );
  } catch (error) {
    if (error instanceof UserError || isOurs(error)) throw error;
    const { says, mend, isTransient } = databaseFault(error);
    const message = `Database ${id}, asked for source ${source.id}: ${says}`;
    throw isTransient ? new TransientError(message, error, mend) : new HeldError(message, mend, error);
  } finally {
    await closed(database);
  }
};

/** Faults of this machine's own disk are told as such, not as the database's. */
const isOurs = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(ENOSPC|EDQUOT|EROFS|EACCES|EIO|EMFILE)$/.test(String(error.code));

const closed = async (database: Database): Promise<void> => {
  // A connection that broke cannot be closed well; what went wrong is told already.
  await database.close().catch(() => undefined);
};

/** Months a query with `:from` and `:to` asks for, the current one among them, where its source says nothing. */
const defaultMonths = 3;

const daysOf = ({ source, from, to }: PullRequest, asOf: string): Readonly<Record<'from' | 'to', string>> => {
  const today = asOf.slice(0, 10);
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const first = new Date(Date.UTC(year, month - (source.database.months ?? defaultMonths), 1));
  const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + dayMs);
  return {
    from: from ?? first.toISOString().slice(0, 10),
    to: to ?? tomorrow.toISOString().slice(0, 10),
  };
};

const dayMs = 86_400_000;

/** Before all that a hospital may send. */
const beginning = '1900-01-01 00:00:00';

/** A day before the as-of of the last pull, on the clock of the rows: some are committed later than they say. */
const sinceOf = ({ source, workspace, isInstant }: PullRequest): string => {
  const folder = pullFolder(workspace.dataFolder, source.id);
  const last = existsSync(folder) ? latestOf(folder) : null;
  if (last === null) return beginning;
  const time = new Date(Date.parse(last.asOf) - dayMs);
  // Sweden writes a time of day as ISO 8601 does.
  return isInstant
    ? time.toISOString().slice(0, 19).replace('T', ' ')
    : time.toLocaleString('sv-SE', { timeZone: source.timezone });
};

const refuseTwins = (name: string, columns: readonly { readonly name: string }[]): void => {
  const names = columns.map((column) => column.name);
  const twin = names.find((one, i) => names.indexOf(one) < i);
  if (twin !== undefined)
    throw new UserError(`${name}: the query gives two columns the name \`${twin}\`.`, {
      mend: 'Give each a name of its own with `as`.',
    });
  if (names.includes(''))
    throw new UserError(`${name}: a column of the query has no name.`, { mend: 'Give it one with `as`.' });
};

interface Pulled {
  readonly source: Source;
  readonly workspace: Workspace;
  readonly asOf: string;
  readonly extract: ExtractKind;
  readonly period: { readonly period_start?: string; readonly period_end?: string };
}

const layDown = async (
  { source, workspace, asOf, extract, period }: Pulled,
  write: (path: string) => Promise<{ readonly rows: number; readonly sha256: string }>,
): Promise<void> => {
  const folder = pullFolder(workspace.dataFolder, source.id);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder))
    if (name.endsWith(unfinished)) rmSync(join(folder, name), { recursive: true });
  const before = latestOf(folder);
  const name = asOf.replace(/[-:]/g, '');
  const draft = join(folder, `${name}${unfinished}`);
  mkdirSync(draft, { mode: 0o700 });
  try {
    const { rows, sha256 } = await write(join(draft, pulledName));
    if (rows === 0) refuseEmptied({ source, extract, period }, before);
    const manifest = {
      privacy_mode: source.privacy,
      extract,
      extract_as_of_ts: asOf,
      ...period,
      files: [{ name: pulledName, rows, sha256 }],
    };
    writeDurably(join(draft, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
    rmSync(join(folder, name), { recursive: true, force: true });
    renameDurably(draft, join(folder, name));
    // The same rows once more: the newer folder says up to when they hold.
    if (before !== null && before.name !== name && before.sha256 === sha256 && isDeepStrictEqual(before.period, period))
      rmSync(join(folder, before.name), { recursive: true });
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
};

/** A query without rows is what lost rights look like; as a whole, or as all of a period, it would take rows out. */
const refuseEmptied = (
  { source, extract, period }: Omit<Pulled, 'workspace' | 'asOf'>,
  before: LaidDown | null,
): void => {
  if (extract === 'delta' || before === null || before.rows === 0) return;
  const { period_start: from = '', period_end: to = '9999' } = period;
  const { period_start: fromBefore = '', period_end: toBefore = '9999' } = before.period;
  if (from >= toBefore || fromBefore >= to) return;
  throw new HeldError(
    `Source ${source.id} is refused by rule emptied-query: its query gave no rows, where the last pull gave ${before.rows.toLocaleString('en-US')}; they would all be taken out`,
    `See whether the database login still sees the table. Where there are no rows any more, remove data/pull/${source.id} and run again.`,
  );
};

const unfinished = '.pulling';

interface LaidDown {
  /** Of its folder. */
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly asOf: string;
  readonly sha256: string;
  readonly rows: number;
  readonly period: Pulled['period'];
}

/** The last one laid down, with what its manifest says. */
const latestOf = (folder: string): LaidDown | null => {
  const name = readdirSync(folder)
    .filter((one) => !one.endsWith(unfinished))
    .sort()
    .at(-1);
  const file = join(folder, name ?? '', manifestName);
  if (name === undefined || !existsSync(file)) return null;
  const { files, extract_as_of_ts, period_start, period_end } = JSON.parse(
    readFileSync(file, 'utf8'),
  ) as PulledManifest;
  const period = period_start === undefined || period_end === undefined ? {} : { period_start, period_end };
  const { sha256 = '', rows = 0 } = files[0] ?? {};
  return { name, asOf: extract_as_of_ts, sha256, rows, period };
};

interface PulledManifest {
  readonly extract_as_of_ts: string;
  readonly files: readonly { readonly sha256: string; readonly rows: number }[];
  readonly period_start?: string;
  readonly period_end?: string;
}
