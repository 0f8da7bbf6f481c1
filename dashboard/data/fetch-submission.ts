import type { DaySpan } from './case-span.ts';
import type { CheckKeys } from './check.ts';
import { ofRelease, rowsAt } from './fetch.ts';
import { get } from './request.ts';
import type { PackageDifference, SubmissionEdits, SubmissionPreview, SubmissionProfile } from './submission.ts';

/** Profiles of registry packages, and what was made of each. @throws RequestError */
export const fetchSubmissions = (signal: AbortSignal): Promise<readonly SubmissionProfile[]> =>
  rowsAt('/api/submissions', signal);

const packageAddress = (profile: string, { from, to }: DaySpan, rest = ''): string =>
  `/api/submissions/${encodeURIComponent(profile)}${rest}?${new URLSearchParams({ from, to })}`;

/** What a package would hold. @throws as {@link query}. */
export const fetchPreview = (release: string, profile: string, days: DaySpan, signal: AbortSignal) => {
  const address = packageAddress(profile, days);
  return ofRelease<SubmissionPreview>(release, address, () => get(address, signal));
};

/** How its cases fare with the edits. @throws as {@link query}. */
export const fetchEdits = (release: string, profile: string, days: DaySpan, signal: AbortSignal) => {
  const address = packageAddress(profile, days, '/edits');
  return ofRelease<SubmissionEdits>(release, address, () => get(address, signal));
};

/** Keys of those that fail one: asked for by name, never kept here. @throws RequestError */
export const fetchFailing = (profile: string, days: DaySpan, edit: string, limit: number, signal: AbortSignal) =>
  get<CheckKeys>(`${packageAddress(profile, days, `/edits/${encodeURIComponent(edit)}`)}&limit=${limit}`, signal);

/** Keys of what is new in a package that was made: asked for by name, never kept here. @throws RequestError */
export const fetchPackageDifference = (profile: string, id: string, limit: number, signal: AbortSignal) =>
  get<PackageDifference>(
    `/api/submissions/${encodeURIComponent(profile)}/packages/${encodeURIComponent(id)}?limit=${limit}`,
    signal,
  );
