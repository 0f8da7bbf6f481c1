import { UserError } from '../../warehouse/error.ts';
import { json, onRelease, type ServerParts, type SubmissionAsked } from './server-parts.ts';

/** `GET /api/submissions`: profiles of registry packages, and what was made of each. */
export const answerSubmissions = async (parts: ServerParts): Promise<Response> =>
  json({ release: parts.served.release, rows: await parts.ledger.submissions() });

/** `GET /api/submissions/:profile?from=&to=`: what a package of this period would hold. */
export const answerPreview = (parts: ServerParts, profile: string, request: Request): Promise<Response> => {
  const asked = askedOf(profile, request, ['from', 'to']);
  return onRelease(parts, async (reader) => json(await parts.submission.preview({ ...asked, reader })));
};

/** `GET /api/submissions/:profile/edits?from=&to=`: how exactly these cases fare with the edits. */
export const answerPreviewEdits = (parts: ServerParts, profile: string, request: Request): Promise<Response> => {
  const asked = askedOf(profile, request, ['from', 'to']);
  return onRelease(parts, async (reader) => json(await parts.submission.edits({ ...asked, reader })));
};

/** `GET /api/submissions/:profile/edits/:edit?from=&to=&limit=`: surrogates of the cases that fail one. */
export const answerPreviewKeys = (
  parts: ServerParts,
  profile: string,
  edit: string,
  request: Request,
): Promise<Response> => {
  const asked = askedOf(profile, request, ['from', 'to', 'limit']);
  const limit = Number(new URL(request.url).searchParams.get('limit') ?? 100);
  return onRelease(parts, async (reader) => json(await parts.submission.keys({ ...asked, reader, edit, limit })));
};

/** `GET /api/submissions/:profile/packages/:id?limit=`: keys of what is new, modified and gone in a package. */
export const answerDifference = async (
  parts: ServerParts,
  profile: string,
  id: string,
  request: Request,
): Promise<Response> => {
  const query = new URL(request.url).searchParams;
  const stray = [...query.keys()].find((name) => name !== 'limit');
  if (stray !== undefined) throw new UserError(`\`${stray}\`: a package made is asked after by limit only.`);
  return json(await parts.submission.difference({ profile, id, limit: Number(query.get('limit') ?? 100) }));
};

/** @throws UserError for a name that is none of those known, or where a day is missing */
const askedOf = (profile: string, request: Request, known: readonly string[]): Omit<SubmissionAsked, 'reader'> => {
  const query = new URL(request.url).searchParams;
  const stray = [...query.keys()].find((name) => !known.includes(name));
  if (stray !== undefined) throw new UserError(`\`${stray}\`: a package is asked after by ${known.join(', ')} only.`);
  const [from, to] = ['from', 'to'].map((key) => {
    const day = query.get(key);
    if (day === null) throw new UserError(`\`${key}\` is missing: give a day such as 2023-01-01.`);
    return day;
  }) as [string, string];
  return { profile, from, to, signal: request.signal };
};
