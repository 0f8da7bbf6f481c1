import { UserError } from '../../warehouse/error.ts';
import { functionStep, isMade, isObject, referenceSteps, truthOf, type Path } from './path-function.ts';

/** A text, number or boolean that a view names once and its paths use as `%name`. */
export type Constant = string | number | boolean;

/**
 * A path of a view as a function from resources or their parts to what it finds in them, in order.
 *
 * The subset of FHIRPath that stands in README.md; anything else is refused, never passed over.
 *
 * @throws UserError saying what of the text is not understood
 */
export const compilePath = (text: string, constants: ReadonlyMap<string, Constant>): Path =>
  new PathParser(text, constants).parse();

interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'constant' | 'sign' | 'end';
  readonly text: string;
}

const pattern =
  /\s*(?:(?<name>\$this|[A-Za-z_]\w*)|'(?<text>(?:[^'\\]|\\.)*)'|(?<number>\d+(?:\.\d+)?)|%(?<constant>\w+)|(?<sign>!=|<=|>=|[.()[\]=<>,]))/y;

const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (text.slice(pattern.lastIndex).trim() !== '') {
    const from = pattern.lastIndex;
    const [kind, value] =
      Object.entries(pattern.exec(text)?.groups ?? {}).find(
        ([, found]) => (found as string | undefined) !== undefined,
      ) ?? [];
    if (kind === undefined) throw new UserError(`is not understood from \`${text.slice(from).trim()}\` on`);
    tokens.push({ kind: kind as Token['kind'], text: kind === 'text' ? value!.replaceAll(/\\(.)/g, '$1') : value! });
  }
  return [...tokens, { kind: 'end', text: '' }];
};

/** Recursive descent, one method a level of precedence; each gives the function of what it has read. */
class PathParser {
  readonly #tokens: readonly Token[];
  readonly #constants: ReadonlyMap<string, Constant>;
  #next = 0;

  constructor(text: string, constants: ReadonlyMap<string, Constant>) {
    this.#tokens = tokensOf(text);
    this.#constants = constants;
  }

  parse(): Path {
    const path = this.#or();
    if (this.#token.kind !== 'end') throw this.#unexpected();
    return path;
  }

  get #token(): Token {
    return this.#tokens[this.#next]!;
  }

  #unexpected(): UserError {
    const { kind, text } = this.#token;
    return new UserError(kind === 'end' ? 'ends too early' : `has \`${text}\` where it is not understood`);
  }

  /** Reads a sign or word where it comes next. */
  #take(...texts: readonly string[]): string | null {
    const { kind, text } = this.#token;
    if ((kind !== 'sign' && kind !== 'name') || !texts.includes(text)) return null;
    this.#next += 1;
    return text;
  }

  #need(text: string): void {
    if (this.#take(text) === null) throw this.#unexpected();
  }

  #or(): Path {
    let path = this.#and();
    while (this.#take('or')) {
      const [left, right] = [path, this.#and()];
      path = (input) => made(either(truthOf(left(input)), () => truthOf(right(input))));
    }
    return path;
  }

  #and(): Path {
    let path = this.#equality();
    while (this.#take('and')) {
      const [left, right] = [path, this.#equality()];
      path = (input) => made(both(truthOf(left(input)), () => truthOf(right(input))));
    }
    return path;
  }

  #equality(): Path {
    const left = this.#order();
    const sign = this.#take('=', '!=');
    if (sign === null) return left;
    const right = this.#order();
    return (input) => {
      const [a, b] = [left(input), right(input)];
      if (a.length === 0 || b.length === 0) return [];
      return [(JSON.stringify(a) === JSON.stringify(b)) === (sign === '=')];
    };
  }

  #order(): Path {
    const left = this.#steps();
    const sign = this.#take('<', '<=', '>', '>=');
    if (sign === null) return left;
    const right = this.#steps();
    return (input) => {
      const [[a], [b]] = [left(input), right(input)];
      if (!isOrdered(a) || typeof a !== typeof b) return [];
      const order = a < (b as typeof a) ? -1 : a > (b as typeof a) ? 1 : 0;
      return [sign === '<' ? order < 0 : sign === '<=' ? order <= 0 : sign === '>' ? order > 0 : order >= 0];
    };
  }

  /** `a.b.where(…)[0]` */
  #steps(): Path {
    let path = this.#first();
    for (;;) {
      if (this.#take('.')) path = after(path, this.#step());
      else if (this.#take('[')) {
        const index = Number(this.#literal('number'));
        this.#need(']');
        path = after(path, (input) => input.slice(index, index + 1));
      } else return path;
    }
  }

  #first(): Path {
    const { kind, text } = this.#token;
    if (kind === 'name') return text === '$this' ? (this.#need('$this'), (input) => input) : this.#step();
    if (this.#take('(')) {
      const path = this.#or();
      this.#need(')');
      return path;
    }
    if (kind !== 'text' && kind !== 'number' && kind !== 'constant') throw this.#unexpected();
    this.#next += 1;
    const value = kind === 'text' ? text : kind === 'number' ? Number(text) : this.#constants.get(text);
    if (value === undefined) throw new UserError(`names the constant \`%${text}\`, which the view does not have`);
    return () => [value];
  }

  #literal(kind: 'text' | 'number'): string {
    const token = this.#token;
    if (token.kind !== kind) throw this.#unexpected();
    this.#next += 1;
    return token.text;
  }

  /** An element, or a function with its arguments. */
  #step(): Path {
    const { kind, text: name } = this.#token;
    if (kind !== 'name') throw this.#unexpected();
    this.#next += 1;
    if (name === 'true' || name === 'false') return () => [name === 'true'];
    if (!this.#take('(')) return this.#element(name);
    const step = this.#call(name);
    this.#need(')');
    return step;
  }

  #call(name: string): Path {
    const isEmpty = this.#token.kind === 'sign' && this.#token.text === ')';
    if (Object.hasOwn(referenceSteps, name)) return referenceSteps[name]!(isEmpty ? null : this.#typeName());
    return functionStep(name, isEmpty ? null : this.#or());
  }

  /** An element's values; of `value.ofType(Coding)` those of `valueCoding`, or resources of that type among them. */
  #element(name: string): Path {
    if (/^[A-Z]/.test(name)) throw new UserError(`begins with the type \`${name}\`; write it from the resource on`);
    const values: Path = (input) => input.flatMap((item) => (isObject(item) ? listed(item[name]) : []));
    const [dot, word] = this.#tokens.slice(this.#next);
    if (dot?.text !== '.' || word?.text !== 'ofType') return values;
    this.#next += 2;
    this.#need('(');
    const type = this.#typeName();
    this.#need(')');
    const choice = `${name}${type.charAt(0).toUpperCase()}${type.slice(1)}`;
    return (input) => [
      ...input.flatMap((item) => (isObject(item) ? listed(item[choice]) : [])),
      ...values(input).filter((item) => isObject(item) && item.resourceType === type),
    ];
  }

  #typeName(): string {
    const { kind, text } = this.#token;
    if (kind !== 'name') throw this.#unexpected();
    this.#next += 1;
    return text;
  }
}

const after =
  (path: Path, step: Path): Path =>
  (input) =>
    step(path(input));

const listed = (value: unknown): readonly unknown[] =>
  (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(isMade);

const isOrdered = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

const made = (truth: boolean | null): readonly boolean[] => (truth === null ? [] : [truth]);

// Of three values: what is not known decides nothing by itself.
const either = (a: boolean | null, b: () => boolean | null): boolean | null => {
  if (a === true) return true;
  const other = b();
  return other === true ? true : a === null || other === null ? null : false;
};

const both = (a: boolean | null, b: () => boolean | null): boolean | null => {
  if (a === false) return false;
  const other = b();
  return other === false ? false : a === null || other === null ? null : true;
};
