import type { CheckSettings } from '../../warehouse/check/check.ts';
import type { Catalogue } from '../../warehouse/metric/catalogue.ts';
import type { Reader } from '../../warehouse/open.ts';
import type { TableFormat } from '../../warehouse/query/encode.ts';
import type { CatalogueJson } from '../../warehouse/query/catalogue-json.ts';
import type { Worklist } from '../../warehouse/worklist/worklist.ts';
import { UserError } from '../../warehouse/error.ts';
import { notServing } from './problem.ts';
import type { Alert } from '../store/alert.ts';
import type { AlertStanding } from '../store/alert-standing.ts';
import type { Delivery } from '../store/report-standing.ts';
import type { Store } from '../store/store.ts';
import type { ServedRelease } from './served-release.ts';
import type { slots } from './slots.ts';
import type { StaticFiles } from './static-files.ts';

/** What is worked out once a release, beside its reader. */
export interface Prepared {
  readonly catalogue: Catalogue;
  readonly catalogueJson: CatalogueJson;
  /** The lists this release can show. */
  readonly worklists: readonly Worklist[];
}

/** A look at what the desk calls some surrogates of one kind. */
export interface LabelRequest {
  readonly kind: string;
  readonly ids: readonly string[];
  /** The list they stand in; null outside any. */
  readonly worklist: string | null;
  readonly release: string | null;
}

/** What is told of runs and of what arrived: before there is a release too. */
export interface LedgerParts {
  /** Runs in full, newest first, in the shape of `himsight runs --format json`. */
  readonly runs: () => Promise<readonly unknown[]>;
  /** All runs as lines of a list, newest first: without steps, batches and models. */
  readonly heads: () => Promise<readonly unknown[]>;
  /** One run in full, with the ways of its rows and what it changed; null where there is none. */
  readonly run: (id: string) => Promise<object | null>;
  /** Rows held back by source, contract, rule and state: counts alone. */
  readonly quarantine: () => Promise<readonly unknown[]>;
  /** Each source: when it ran and is to run, how far it is complete, whether it is late. */
  readonly sources: () => Promise<readonly unknown[]>;
  /** Profiles packages can be made by, each with the packages made so far, newest first. */
  readonly submissions: () => Promise<readonly unknown[]>;
  /** Goes back to a release and writes it down. @throws UserError where there is none, or a run is under way */
  readonly rollBack: (release: string) => Promise<void>;
}

/** Which rows of which profile are asked after, before a package is made. */
export interface SubmissionAsked {
  readonly reader: Reader;
  readonly profile: string;
  /** Days, ISO: the first that is sent, and the first that no longer is. */
  readonly from: string;
  readonly to: string;
  readonly signal: AbortSignal;
}

/** What a package would hold; nothing is ever written. All throw UserError for a profile or a day there is none of. */
export interface SubmissionParts {
  /** How many cases it would send, and what the receiver asks for that they lack. */
  readonly preview: (asked: SubmissionAsked) => Promise<object>;
  /** How these cases fare with the edits. */
  readonly edits: (asked: SubmissionAsked) => Promise<object>;
  /** Surrogate keys of those that fail one. */
  readonly keys: (asked: SubmissionAsked & { readonly edit: string; readonly limit: number }) => Promise<object>;
  /** Surrogate keys of what is new, modified and gone in a package that was made. */
  readonly difference: (asked: {
    readonly profile: string;
    readonly id: string;
    readonly limit: number;
  }) => Promise<object>;
}

/** A person's own SQL on a release; shut with the reason why. */
export type WorkbenchPart =
  | { readonly isOpen: false; readonly why: string }
  | {
      readonly isOpen: true;
      /** Rows read at most, in whole chunks. */
      readonly rows: number;
      /** Before a query is broken off. */
      readonly seconds: number;
      /** @throws UserError where the SQL is refused, wrong, too slow or takes too much */
      readonly ask: (
        question: { readonly release: string; readonly sql: string; readonly form: TableFormat },
        signal: AbortSignal,
      ) => Promise<Uint8Array<ArrayBuffer>>;
    };

/** Everything the routes need, put together by the command that starts the server. */
export interface ServerParts {
  readonly served: ServedRelease<Prepared>;
  /** Room for queries; see slots.ts. */
  readonly withSlot: ReturnType<typeof slots>;
  /** The built pages as they are now. */
  readonly files: () => StaticFiles;
  /** What the ledger and the stores beside the releases tell. */
  readonly ledger: LedgerParts;
  readonly submission: SubmissionParts;
  /** Releases that can be gone back to, newest first. */
  readonly releases: () => Promise<
    readonly { readonly id: string; readonly builtAt: string; readonly current: boolean }[]
  >;
  /** The sources as configured. */
  readonly sources: readonly { readonly id: string; readonly privacy: string }[];
  /** Whose cases its registry holds, as himsight.yaml says; null where it does not. */
  readonly registryKind: 'hospital' | 'central' | null;
  /** Stories of a demo hospital, by ids, as himsight.yaml says; none in a hospital. */
  readonly demoStories: readonly string[];
  /** Thresholds of checks as the files say now: changing one needs no run and no restart. */
  readonly checkSettings: () => CheckSettings;
  /** Sentences on the sources whose mapping cannot feed a metric; empty where all can. */
  readonly notFedBy: (metricId: string, extracts: readonly string[]) => readonly string[];
  /**
   * The desk's labels by surrogate, each look written down first; ids without one are left out. Null where the workspace
   * has no label file, or others than this machine could ask.
   */
  readonly labels:
    | ((
        request: LabelRequest,
      ) => Promise<ReadonlyMap<string, { readonly label: string; readonly link: string | null }>>)
    | null;
  readonly workbench: WorkbenchPart;
  /** What people keep: annotations, saved views, alerts, report plans. */
  readonly store: Store;
  /** How alerts stand in a release, in their order; a fault in one leaves the others be. */
  readonly standingsOf: (
    reader: Reader,
    catalogue: Catalogue,
    alerts: readonly Alert[],
  ) => Promise<readonly AlertStanding[]>;
  /** What is known of planned reports beside the plans themselves. */
  readonly reports: {
    /** How each plan's last delivery stands, by the id of the plan. */
    readonly lastDeliveries: () => ReadonlyMap<string, Delivery>;
    /** Why no report can be mailed, as a sentence; null where it can. */
    readonly noMail: () => string | null;
  };
  /** True when the server can be reached from this machine only; then foreign Host headers are refused. */
  readonly loopbackOnly: boolean;
  /** Told of every fault that is ours. */
  readonly onTrouble: (error: unknown) => void;
}

/** Runs an answer on one release and one slot, or answers 503 before the first release. */
export const onRelease = async (
  parts: ServerParts,
  answer: (reader: Reader, prepared: Prepared) => Promise<Response>,
): Promise<Response> =>
  (await parts.served.use(({ reader, ready }) => parts.withSlot(() => answer(reader, ready)))) ?? notServing();

/**
 * Runs an answer on a release that still stands; null is the one served.
 *
 * @throws UserError naming those that stand, where this one does not
 */
export const onNamedRelease = async (
  parts: ServerParts,
  release: string | null,
  answer: (reader: Reader, prepared: Prepared) => Promise<Response>,
): Promise<Response> => {
  if (release === null) return onRelease(parts, answer);
  const standing = (await parts.releases()).map(({ id }) => id);
  if (!standing.includes(release))
    throw new UserError('`release` must be one that still stands.', { mend: `There are ${standing.join(', ')}.` });
  return parts.served.useRelease(release, ({ reader, ready }) => parts.withSlot(() => answer(reader, ready)));
};

/** A release with what is ready of it, as an answer needs it. */
export interface NamedRelease {
  readonly reader: Reader;
  readonly prepared: Prepared;
}

/**
 * Runs an answer on a release and on another one that it is held against, both held open until it is whole; `other` null
 * where none is named.
 *
 * @throws UserError as {@link onNamedRelease}, and where both are the same
 */
export const onTwoReleases = async (
  parts: ServerParts,
  release: string | null,
  against: string | null,
  answer: (now: NamedRelease, then: NamedRelease | null) => Promise<Response>,
): Promise<Response> =>
  onNamedRelease(parts, release, async (reader, prepared) => {
    const now = { reader, prepared };
    if (against === null) return answer(now, null);
    const standing = (await parts.releases()).map(({ id }) => id).filter((id) => id !== reader.release);
    if (!standing.includes(against))
      throw new UserError('`against` must be another release that still stands.', {
        mend: standing.length === 0 ? 'There is no other.' : `There are ${standing.join(', ')}.`,
      });
    return parts.served.useRelease(against, (then) => answer(now, { reader: then.reader, prepared: then.ready }));
  });

/** JSON that no cache keeps. */
export const json = (value: unknown): Response =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });
