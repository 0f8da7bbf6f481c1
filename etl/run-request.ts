import { UserError } from '../warehouse/error.ts';
import type { Progress } from './print/progress.ts';
import type { RowFilter } from './quarantine/shown-rows.ts';
import type { Source, Workspace } from './workspace/workspace.ts';

/** What a person asks of a run. */
export interface RunRequest {
  readonly workspace: Workspace;
  /** Ids of the sources to look at; empty: all. */
  readonly sources: readonly string[];
  /** Months of period models to build anew: first day, inclusive … */
  readonly from: string | null;
  /** … and the day after the last; both or neither. */
  readonly to: string | null;
  /** Build every model anew. */
  readonly full: boolean;
  /** Source to the time its schedule named, ISO 8601 in UTC, where the schedule asks. */
  readonly due?: ReadonlyMap<string, string>;
  /** The clock of the ledger and of the release; the machine's unless told otherwise. */
  readonly now?: () => Date;
  /** Judge refused rows again whose files are gone, and which of them. */
  readonly replay?: RowFilter;
  readonly progress: Progress;
}

/** The sources a run looks at. @throws UserError for one himsight.yaml does not name, and for a workspace without any */
export const chosenSources = ({ workspace, sources }: Pick<RunRequest, 'workspace' | 'sources'>): readonly Source[] => {
  const known = workspace.sources.map(({ id }) => id);
  if (known.length === 0)
    throw new UserError('himsight.yaml names no source yet.', {
      mend: 'Name the extracts under `sources`, or try `himsight demo`.',
    });
  const unknown = sources.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new UserError(`There is no source \`${unknown}\`.`, { mend: `Sources are ${known.join(', ')}.` });
  return workspace.sources.filter(({ id }) => sources.length === 0 || sources.includes(id));
};

/** @throws UserError unless both ends of the months are given, or neither, in order */
export const checkMonths = ({ from, to }: RunRequest): void => {
  if ((from === null) !== (to === null))
    throw new UserError('`--from` and `--to` go together: the months to build anew.');
  if (from !== null && to !== null && from >= to)
    throw new UserError('`--to` must be later than `--from`; it is not included.');
};
