import type { CubeTold } from '../../warehouse/query/cube.ts';
import type { CubeView } from '../../warehouse/query/cube-view.ts';
import type { Catalogue } from './catalogue.ts';
import { readCube, type Cube } from './cube.ts';
import { cubeWish, explorationFrom } from './cube-wish.ts';
import { explorationOf, readExploration, streamsOf, type Exploration } from './exploration.ts';
import { exploreQuestions, type Question } from './explore-question.ts';
import type { ExploreScope } from './explore-scope.ts';
import { ofRelease, post } from './fetch.ts';
import { OtherRelease } from './other-release.ts';

/** A view of a release; a named one is asked for by its name. */
export interface Explored {
  readonly release: string;
  readonly isNamed: boolean;
  readonly catalogue: Catalogue;
  readonly scope: ExploreScope;
}

/** The cubes at hand, the latest first, each of some megabytes at most. */
let cubes: readonly Cube[] = [];
const cubesMost = 4;
/** Cubes that a release would not give, and why. */
const refusals = new Map<string, string>();

/**
 * The answer to a view: out of a cube at hand, else in one request, which brings a cube where there can be one, and the
 * answers of the marts where not.
 *
 * @throws as {@link batch}
 */
export const explore = async (asked: Explored, signal: AbortSignal): Promise<Exploration> => {
  const questions = exploreQuestions(asked.scope);
  // A cube is of one release.
  if (asked.scope.view.against !== null) return batch(asked, questions, signal);
  const atHand = heldBy(asked.release, questions);
  if (atHand !== null) return atHand;
  const wish = questions.every(({ kind }) => kind === 'values') ? cubeWish(asked.catalogue, asked.scope) : null;
  if (wish === null) return batch(asked, questions, signal);
  const refused = refusals.get(keyOf(asked.release, wish));
  if (refused === undefined) return fetchCube(asked, questions, wish, signal);
  return { ...(await batch(asked, questions, signal)), tier: { name: 'marts', refused } };
};

/** Without the dimensions to spare: it is not for them that a cube is refused. */
const keyOf = (release: string, { metrics, by, grain }: CubeView): string =>
  JSON.stringify([release, metrics.toSorted(), by.toSorted(), grain]);

/** The answer out of the first cube at hand that holds it, or null. */
export const heldBy = (release: string, questions: readonly Question[]): Exploration | null => {
  for (const cube of cubes) {
    if (cube.about.release !== release) continue;
    const found = explorationFrom(cube, questions);
    if (found === null) continue;
    cubes = [cube, ...cubes.filter((other) => other !== cube)];
    return found;
  }
  return null;
};

const fetchCube = (
  whole: Explored,
  questions: readonly Question[],
  wish: CubeView,
  signal: AbortSignal,
): Promise<Exploration> => {
  const { release, isNamed } = whole;
  const asked = questions.map(({ kind, view }) => ({ kind, view }));
  const named = isNamed ? release : null;
  // Kept as the batch would be: the same view is not asked for again.
  return ofRelease(release, `batch ${JSON.stringify({ release: named, questions: asked })}`, async () => {
    const body = JSON.stringify({ release: named, cube: wish, questions: asked });
    const [told = new Uint8Array(), ...streams] = streamsOf(await post('/api/cube', body, signal));
    const head = JSON.parse(new TextDecoder().decode(told)) as CubeTold;
    if (head.tier === 'marts') {
      refusals.set(keyOf(release, wish), head.refused);
      return explorationOf(streams, questions, head.refused);
    }
    if (head.about.release !== release) throw new OtherRelease(head.about.release);
    const cube = readCube(head.about, streams);
    const found = explorationFrom(cube, questions);
    // Of a stock nobody has fed a cube may not know: then it is of no use for this view.
    if (found === null) {
      refusals.set(keyOf(release, wish), 'it does not tell all of this view');
      return batch(whole, questions, signal);
    }
    cubes = [cube, ...cubes].slice(0, cubesMost);
    return found;
  });
};

/**
 * The answers to all questions of a view, in one request, of the release on show or of another one that is named.
 *
 * @throws RequestError with the server's own sentence; OtherRelease; the signal's reason when aborted
 */
const batch = (
  { release, isNamed, scope }: Explored,
  questions: readonly Question[],
  signal: AbortSignal,
): Promise<Exploration> => {
  const { against } = scope.view;
  const asked = questions.map(({ kind, view, isBeside }) => ({ kind, view, ...(isBeside ? { isBeside } : {}) }));
  const named = { release: isNamed ? release : null, ...(against === null ? {} : { against }) };
  const body = JSON.stringify({ ...named, questions: asked });
  return ofRelease(release, `batch ${body}`, async () =>
    readExploration(await post('/api/batch', body, signal), questions),
  );
};
