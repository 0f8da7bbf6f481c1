import { UserError } from '../../warehouse/error.ts';

/** What a path finds, from what it starts at: always a list, empty where there is nothing. */
export type Path = (input: readonly unknown[]) => readonly unknown[];

/** Several values stand where a path or a column wants one: the resource does not fit its view. */
export class MisfitError extends Error {}

/** A part of a resource that has elements of its own. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is there; JSON may fill a place in a list with null. */
export const isMade = (value: unknown): boolean => value !== undefined && value !== null;

/**
 * Whether what was found is true; null where nothing was. One value that is no boolean is true, as FHIRPath has it.
 *
 * @throws MisfitError for several values
 */
export const truthOf = (found: readonly unknown[]): boolean | null => {
  if (found.length > 1) throw new MisfitError();
  return found.length === 0 ? null : found[0] !== false;
};

/** Name → step, given its argument or null. */
const functions: Readonly<Record<string, { readonly takes: 'nothing' | 'one' | 'any'; step(argument: Path): Path }>> = {
  first: { takes: 'nothing', step: () => (input) => input.slice(0, 1) },
  exists: { takes: 'any', step: (criterion) => (input) => [input.some((item) => isTrue(criterion, item))] },
  empty: { takes: 'nothing', step: () => (input) => [input.length === 0] },
  not: {
    takes: 'nothing',
    step: () => (input) => {
      const truth = truthOf(input);
      return truth === null ? [] : [!truth];
    },
  },
  where: { takes: 'one', step: (criterion) => (input) => input.filter((item) => isTrue(criterion, item)) },
  extension: {
    takes: 'one',
    step: (url) => (input) =>
      input.flatMap((item) => {
        const all = isObject(item) && Array.isArray(item.extension) ? (item.extension as readonly unknown[]) : [];
        return all.filter((one) => isObject(one) && one.url === url([])[0]);
      }),
  },
  join: {
    takes: 'any',
    step: (separator) => (input) => (input.length === 0 ? [] : [input.map(String).join(textOf(separator([])))]),
  },
};

const isTrue = (criterion: Path, item: unknown): boolean => truthOf(criterion([item])) === true;

const textOf = ([value]: readonly unknown[]): string => (typeof value === 'string' ? value : '');

/**
 * The step of a function.
 *
 * @throws UserError when there is no such function, or its argument does not fit it
 */
export const functionStep = (name: string, argument: Path | null): Path => {
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!found)
    throw new UserError(
      `calls \`${name}()\`; there are ${[...Object.keys(functions), 'ofType (behind an element)', ...Object.keys(referenceSteps)].join(', ')}`,
    );
  if (found.takes === 'nothing' && argument !== null)
    throw new UserError(`gives \`${name}()\` an argument; it takes none`);
  if (found.takes === 'one' && argument === null) throw new UserError(`gives \`${name}()\` no argument; it takes one`);
  return found.step(argument ?? (() => [true]));
};

/** The functions of SQL on FHIR by which resources are joined, given the name of a type or null. */
export const referenceSteps: Readonly<Record<string, (type: string | null) => Path>> = {
  getResourceKey: () => (input) => input.flatMap((item) => (isObject(item) && isMade(item.id) ? [item.id] : [])),
  getReferenceKey: (type) => (input) =>
    input.flatMap((item) => {
      const key = isObject(item) && typeof item.reference === 'string' ? keyOf(item.reference) : null;
      return key === null || (type !== null && key.type !== null && key.type !== type) ? [] : [key.id];
    }),
};

const relative = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;
const byIdentifier = /^([A-Z][A-Za-z]+)\?identifier=(?:[^|]*\|)?([^|&]+)$/;
const byUrn = /^urn:(?:uuid|oid):(.+)$/;

/** `Patient/p1`, an address that ends so, `urn:uuid:p1` and `Patient?identifier=system|p1` all mean p1. */
const keyOf = (reference: string): { readonly type: string | null; readonly id: string } | null => {
  const [, type, id] = relative.exec(reference) ?? byIdentifier.exec(reference) ?? [];
  if (type !== undefined && id !== undefined) return { type, id };
  const urn = byUrn.exec(reference)?.[1];
  return urn === undefined ? null : { type: null, id: urn };
};
