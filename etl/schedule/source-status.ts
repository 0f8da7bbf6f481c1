import { currentRelease } from '../../warehouse/release-folder.ts';
import { readContracts } from '../contract/contract.ts';
import { nothingLanded, withBatch, type LandedState } from '../raw/landed-state.ts';
import { releaseMeta } from '../release-meta.ts';
import { utcOf } from '../utc.ts';
import { ledgerFolder, releaseFolder } from '../workspace/folders.ts';
import type { Source, Workspace } from '../workspace/workspace.ts';
import { nextDue, nextTry } from './due.ts';
import { ledgerReader, type Look, type LookOutcome, type PastRun } from './past-run.ts';
import { mayPass } from './retry.ts';

/** How one source stands: when it was looked at, how that came out, how far it is complete. */
export interface SourceStatus {
  readonly source: string;
  /** Five cron fields, or null: only when somebody runs it. */
  readonly schedule: string | null;
  readonly timezone: string;
  /** Start of the last run that looked at it, ISO 8601 UTC; null before the first. */
  readonly lastRun: string | null;
  readonly lastOutcome: LookOutcome | null;
  /** When the schedule looks at it next, a second try included; ISO 8601 UTC. */
  readonly nextRun: string | null;
  /** The last day wholly in the current release; null where nothing is, and for lists that have no days. */
  readonly completeThrough: string | null;
  /** The day it has to be complete through not to be late; null without `freshness`. */
  readonly dueThrough: string | null;
  readonly isLate: boolean;
  /** The moment it became late, ISO 8601 UTC; null where it is not, or where nothing of it ever came. */
  readonly lateSince: string | null;
  /** Start of the first run of those that held it without a better one between; null where the last did not. */
  readonly heldSince: string | null;
  /** A sentence for a person. */
  readonly says: string;
}

/**
 * How every source of a workspace stands: read off the ledger, the current release and the clock alone.
 *
 * Late is a matter of coverage: complete through more than `freshness.days` days before today, by the calendar of the
 * source's time zone. A run that brought nothing makes no source fresh, and one that failed makes none late.
 */
export const sourceStatuses = (
  workspace: Workspace,
  now: Date,
  pastRuns: readonly PastRun[] = ledgerReader(ledgerFolder(workspace))(),
): readonly SourceStatus[] => {
  const current = currentRelease(releaseFolder(workspace));
  const { coverage } = releaseMeta(landedIn(pastRuns, current), workspace, readContracts());
  return workspace.sources.map((source) => {
    const covered = coverage.filter(({ source_id }) => source_id === source.id);
    const through = covered.flatMap((each) => each.through ?? []).sort();
    const looks = pastRuns.flatMap((run) => run.looks).filter((look) => look.source === source.id);
    return statusOf(source, looks, { hasLanded: covered.length > 0, through: through[0] ?? null }, now);
  });
};

/** What had landed when the current release was made; later batches are in none that is served. */
const landedIn = (pastRuns: readonly PastRun[], current: string | null): LandedState => {
  if (current === null) return nothingLanded;
  const publisher = pastRuns.findIndex(({ release }) => release === current);
  const runs = publisher < 0 ? pastRuns : pastRuns.slice(0, publisher + 1);
  return runs.flatMap(({ batches }) => batches).reduce(withBatch, nothingLanded);
};

interface Coverage {
  readonly hasLanded: boolean;
  readonly through: string | null;
}

const statusOf = (
  source: Source,
  looks: readonly Look[],
  { hasLanded, through }: Coverage,
  now: Date,
): SourceStatus => {
  const { timezone, freshness } = source;
  const last = looks.at(-1);
  const dueThrough = freshness === undefined ? null : addDays(dayIn(timezone, now), -freshness.days);
  const isLate = dueThrough !== null && (through === null ? !hasLanded : through < dueThrough);
  const lateSince = isLate && through !== null ? utcOf(addDays(through, (freshness?.days ?? 0) + 1), timezone) : null;
  const next = [nextDue(source, now), nextTry(source, looks, now)].flatMap((each) => each ?? []);
  const status = {
    ...{ source: source.id, schedule: source.schedule, timezone },
    ...{ lastRun: last?.startedAt ?? null, lastOutcome: last?.outcome ?? null },
    // A try that is due already is made at once.
    nextRun: next.length === 0 ? null : new Date(Math.max(now.getTime(), Math.min(...next.map(Number)))).toISOString(),
    ...{ completeThrough: through, dueThrough, isLate, lateSince, heldSince: heldSince(looks) },
  };
  return { ...status, says: sentence(status, last, hasLanded) };
};

/** Held for good or for a while: the first of the last unbroken row of such looks. What was stopped neither begins nor ends it. */
const heldSince = (looks: readonly Look[]): string | null => {
  const told = looks.filter(({ outcome }) => !['stopped', 'running'].includes(outcome));
  const isHeld = (look: Look): boolean => look.outcome === 'held' || look.outcome === 'passing';
  const broken = told.findLastIndex((look) => !isHeld(look));
  return told[broken + 1]?.startedAt ?? null;
};

const sentence = (
  { source, completeThrough, dueThrough, isLate, heldSince: since, lastOutcome }: Omit<SourceStatus, 'says'>,
  last: Look | undefined,
  hasLanded: boolean,
): string => {
  const coverage =
    completeThrough === null
      ? hasLanded
        ? 'has no days'
        : 'nothing of it is in the release'
      : `complete through ${completeThrough}`;
  const late = isLate ? `late: ${coverage}, due through ${dueThrough ?? ''}` : coverage;
  const parts = [
    late,
    ...(since === null ? [] : [`held since ${since.slice(0, 16).replace('T', ' ')} UTC: ${last?.says ?? ''}`]),
    ...(lastOutcome === 'failed' ? ['the last run failed'] : []),
    ...(last === undefined
      ? ['never looked at']
      : mayPass(last) && since === null
        ? ['the last run did not get to its end']
        : []),
  ];
  return `${source}: ${parts.join('; ').replace(/([^.!?])$/, '$1.')}`;
};

/** The calendar day a zone's clocks show, ISO 8601. */
const dayIn = (timeZone: string, now: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
