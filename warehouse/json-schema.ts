import { Ajv, type ErrorObject } from 'ajv';

/** What a value looks like that is a `T`. */
export interface Shape<T> {
  /**
   * All that is wrong with a value, in no order; none where it is a `T`.
   * Of a shape that reads text, numbers and yes/no within the value become theirs.
   */
  problems(value: unknown): readonly ErrorObject[];
  /** Never there: carries the type. */
  readonly of?: T;
}

// The code of a check is run a few dozen times: written plainly, it is made in half the time.
const options = { allErrors: true, verbose: true, allowUnionTypes: true, discriminator: true, strictRequired: false };
const makers = {
  value: new Ajv({ ...options, code: { optimize: false } }),
  text: new Ajv({ ...options, code: { optimize: false }, coerceTypes: true, strict: false }),
};

/**
 * The shape that a JSON Schema (draft 7, with `discriminator`) describes. The check is made when it is first asked for,
 * which costs more than the asking: a command reads a few of the kinds of file there are.
 *
 * @param reads `text` where every scalar comes as it was written (`01`, `TRUE`), and the schema says what is a number
 */
export const shapeOf = <T>(schema: object, reads: 'value' | 'text' = 'value'): Shape<T> => {
  const made = (): ReturnType<Ajv['compile']> => (check ??= makers[reads].compile(schema));
  let check: ReturnType<Ajv['compile']> | undefined;
  return { problems: (value) => (made()(value) ? [] : (made().errors ?? [])) };
};
