import { UserError } from '../../warehouse/error.ts';
import { scopeDimension } from '../../warehouse/query/dated-target.ts';
import type { StandingsQuestion } from '../../warehouse/query/standings.ts';
import type { TableFormat } from '../../warehouse/query/encode.ts';
import { readViewState } from '../../warehouse/query/view-state.ts';
import type { ViewState } from '../../warehouse/query/view-state.ts';

/**
 * The JSON body of a request.
 *
 * @param most characters it may have
 * @throws UserError when it is not JSON or longer
 */
export const jsonBody = async (request: Request, most = 1_000_000): Promise<unknown> => {
  const text = await request.text();
  if (text.length > most)
    throw new UserError(`The request body is longer than ${most} characters; what is asked for here never is.`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(
      'The request body is not JSON; send a view such as {"metrics": ["encounters"], "grain": "month"}.',
      { cause },
    );
  }
};

/**
 * The view an export's address holds: `metrics=a,b&by=facility&grain=month&from=…&to=…&compare=…&asOf=…`, filters as
 * `where=facility=riverside`, repeated as often as there are values.
 *
 * @throws UserError naming the key and what it may hold
 */
export const viewOfAddress = (query: URLSearchParams): ViewState => {
  const known = new Set(['metrics', 'by', 'grain', 'from', 'to', 'where', 'compare', 'asOf']);
  const view: Record<string, unknown> = {};
  for (const key of new Set(query.keys())) {
    const values = query.getAll(key).filter((value) => value !== '');
    if (!known.has(key))
      throw new UserError(`\`${key}\`: unknown key of an export.`, { mend: `Known are ${[...known].join(', ')}.` });
    if (key === 'metrics' || key === 'by') view[key] = values.flatMap((value) => value.split(','));
    else if (key === 'where') view[key] = wherePairs(values);
    else view[key] = values[0] ?? null;
  }
  return readViewState(view);
};

/** A view to keep as a file: of which release (null: the one served), and whether a CSV says what it speaks of. */
export interface ExportRequest {
  readonly view: ViewState;
  readonly release: string | null;
  /** The release whose numbers stand beside; null: none. */
  readonly against: string | null;
  /** What the total keeps apart whose share each value is, empty: nothing; null: no shares. */
  readonly shareWithin: readonly string[] | null;
  readonly saysAbout: boolean;
}

/**
 * The view of an export's address, as {@link viewOfAddress} has it, with `release=ID`, `against=ID`, `share=all` (or
 * `share=period`, `share=facility,service` …: of the total within these) and `about=yes`.
 *
 * @throws UserError naming the key and what it may hold
 */
export const exportOfAddress = (query: URLSearchParams): ExportRequest => {
  const own = ['release', 'against', 'share', 'about'];
  const [release, against, share, about] = own.map((key) => query.get(key) ?? '') as [string, string, string, string];
  if (about !== '' && about !== 'yes') throw new UserError('`about` is yes, or is left out.');
  const rest = new URLSearchParams([...query].filter(([key]) => !own.includes(key)));
  return {
    view: viewOfAddress(rest),
    release: release === '' ? null : release,
    against: against === '' ? null : against,
    shareWithin: share === '' ? null : share === 'all' ? [] : share.split(','),
    saysAbout: about === 'yes',
  };
};

/**
 * Whose standing an address asks for: `metrics=a,b&where=facility=riverside&by=facility&asOf=…`, every part left out at will.
 *
 * @throws UserError naming the key and what it may hold
 */
export const standingsOfAddress = (query: URLSearchParams): StandingsQuestion => {
  for (const key of new Set(query.keys()))
    if (!['metrics', 'where', 'by', 'asOf'].includes(key))
      throw new UserError(`\`${key}\`: unknown key of a standing.`, { mend: 'Known are metrics, where, by, asOf.' });
  const by = query.get('by') ?? '';
  if (by !== '' && by !== scopeDimension)
    throw new UserError(`\`by\`: targets are set by ${scopeDimension} only.`, { mend: `Write by=${scopeDimension}.` });
  const metrics = query.getAll('metrics').flatMap((value) => value.split(',').filter((name) => name !== ''));
  // Read as a view is, so that a filter or a day means the same in both.
  const day = query.get('asOf') ?? '';
  const asked = { metrics: ['any'], where: wherePairs(query.getAll('where')), asOf: day === '' ? null : day };
  const { where, asOf } = readViewState(asked);
  return { metrics: metrics.length === 0 ? null : metrics, where, byFacility: by !== '', asOf };
};

/**
 * Filters written `dimension=value`, gathered by dimension; an empty value stands for unknown.
 *
 * @throws UserError for one without `=`
 */
export const wherePairs = (pairs: readonly string[]): Record<string, string[]> => {
  const where: Record<string, string[]> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1)
      throw new UserError(`A filter is written DIMENSION=VALUE; \`${pair}\` has no dimension before an equals sign.`);
    (where[pair.slice(0, at)] ??= []).push(pair.slice(at + 1));
  }
  return where;
};

/** Arrow where `Accept` names it before JSON; JSON where it names JSON or neither, for whoever just looks. */
export const wantedFormat = (request: Request): TableFormat => {
  const accept = request.headers.get('accept') ?? '';
  const [arrow, json] = [accept.indexOf('application/vnd.apache.arrow'), accept.indexOf('application/json')];
  return arrow >= 0 && (json < 0 || arrow < json) ? 'arrow' : 'json';
};
