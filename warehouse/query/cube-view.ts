import { UserError } from '../error.ts';
import { readViewState } from './view-state.ts';

/** Which cube a page would have: of all days there are, unfiltered; what it filters and splits by are dimensions of it. */
export interface CubeView {
  readonly metrics: readonly string[];
  /** Without one of these the cube would be of no use. */
  readonly by: readonly string[];
  /** These besides, where the cube stays within its bound: what may be split or filtered by next. */
  readonly also: readonly string[];
  /** Its narrowest period: months make quarters and years, days make all others. */
  readonly grain: 'day' | 'month';
}

/** From untyped JSON. @throws UserError naming the key and what it may hold */
export const readCubeView = (value: unknown): CubeView => {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const { metrics, by = [], also = [], grain, ...others } = given;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new UserError(`\`${unknown}\`: unknown key of a cube.`, { mend: 'It has metrics, by, also and grain.' });
  if (grain !== 'day' && grain !== 'month') throw new UserError('`grain` of a cube must be day or month.');
  const needed = readViewState({ metrics, by, grain });
  const wanted = readViewState({ metrics, by: also, grain });
  return {
    metrics: needed.metrics,
    by: needed.by,
    also: wanted.by.filter((id) => !needed.by.includes(id)),
    grain,
  };
};
