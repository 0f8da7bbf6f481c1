import { checkKeys, checkStrata, type KeysAsked } from '../../warehouse/query/check-detail.ts';
import { checksOf, type Check } from '../../warehouse/query/checks.ts';
import { UserError } from '../../warehouse/error.ts';
import { userProblem } from './problem.ts';
import { json, onRelease, type ServerParts } from './server-parts.ts';

/** `GET /api/checks`: every check, the worst first, under the thresholds of now. */
export const answerChecks = (parts: ServerParts): Promise<Response> =>
  onRelease(parts, async (reader, { catalogue }) =>
    json({ release: reader.release, rows: await checksOf(reader, catalogue, parts.checkSettings()) }),
  );

/** `GET /api/checks/:id`: one check by facility and month; of a gate check or an assert, which keep none, no strata. */
export const answerCheck = (parts: ServerParts, id: string): Promise<Response> =>
  onKnownCheck(parts, id, async (check, reader) => {
    const { strata } =
      check.kind === 'check' || check.kind === 'edit'
        ? await checkStrata(reader, id, parts.checkSettings())
        : { strata: [] as const };
    return { release: reader.release, check, strata };
  });

/** `GET /api/checks/:id/keys?facility=&month=&limit=`: surrogates of the rows that break it. */
export const answerCheckKeys = (parts: ServerParts, id: string, request: Request): Promise<Response> => {
  const asked = keysOfAddress(new URL(request.url).searchParams);
  return onKnownCheck(parts, id, (_check, reader) => checkKeys(reader, id, asked));
};

const onKnownCheck = (
  parts: ServerParts,
  id: string,
  answer: (check: Check, reader: Parameters<typeof checksOf>[0]) => Promise<unknown>,
): Promise<Response> =>
  onRelease(parts, async (reader, { catalogue }) => {
    const checks = await checksOf(reader, catalogue, parts.checkSettings());
    const check = checks.find((each) => each.id === id);
    if (check === undefined)
      return userProblem(new UserError('The release has no check of this id; GET /api/checks lists them.'), 404);
    return json(await answer(check, reader));
  });

const keyNames: readonly string[] = ['facility', 'month', 'limit'];

/** @throws UserError for a name that is none of the three, or a limit that is no number */
const keysOfAddress = (parameters: URLSearchParams): KeysAsked => {
  const stray = [...parameters.keys()].find((name) => !keyNames.includes(name));
  if (stray !== undefined) throw new UserError(`\`${stray}\`: keys are asked for by ${keyNames.join(', ')} only.`);
  const [facility, month, limit] = keyNames.map((name) => parameters.get(name));
  return {
    ...(typeof facility === 'string' ? { facility } : {}),
    ...(typeof month === 'string' ? { month } : {}),
    ...(typeof limit === 'string' ? { limit: Number(limit) } : {}),
  };
};
