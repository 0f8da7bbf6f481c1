import type { ErrorObject } from 'ajv';
import { LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { UserError } from '../../warehouse/error.ts';
import type { Shape } from '../../warehouse/json-schema.ts';
import { keyOf, offsetOf, pathOf, type YamlPath } from '../../warehouse/yaml-place.ts';
import { nearest } from './nearest.ts';

/** A YAML file somebody wrote by hand, on its way to becoming a value of a known shape. */
export interface YamlText {
  /** Name the messages begin with. */
  readonly name: string;
  readonly text: string;
  /** text: every scalar is the text as written (`01`, `TRUE`), null aside. Otherwise YAML's own types. */
  readonly scalars?: 'text';
}

/**
 * The value of a YAML text once its JSON Schema accepts it.
 *
 * Every mistake is reported at once, each on a line of its own: file, line, key, what is wrong, what would be right.
 * The `description`s of the schema are shown as what would be right.
 *
 * @throws UserError when the text is not YAML or the schema refuses it
 */
export const checkedYaml = <T>(file: YamlText, shape: Shape<T>): T => {
  const lines = new LineCounter();
  const document = parsed(file, lines);
  const torn = document.errors[0];
  if (torn) {
    const line = lines.linePos(torn.pos[0]).line;
    throw new UserError(`${file.name}:${line} is not readable as YAML: ${torn.message.split('\n')[0]}`);
  }
  const value: unknown = document.toJS() ?? {};
  const problems = shape.problems(value);
  if (problems.length === 0) return value as T;
  const messages = plainest(problems).map((error) => {
    const key = offendingKey(error, pathOf(error.instancePath));
    const line = lines.linePos(offsetOf(document, key)).line;
    return `${file.name}:${line} \`${keyText(key)}\`: ${sentence(error)}`;
  });
  throw new UserError([...new Set(messages)].join('\n'));
};

/** Where a key stands, as messages begin: `mapping.yaml:12 \`writes.encounter\``. For mistakes that no schema can see. */
export const placeOf = (file: YamlText, key: YamlPath): string => {
  const lines = new LineCounter();
  const line = lines.linePos(offsetOf(parsed(file, lines), key)).line;
  return `${file.name}:${line} \`${keyText(key)}\``;
};

const parsed = (file: YamlText, lineCounter: LineCounter): Document.Parsed =>
  parseDocument(file.text, {
    lineCounter,
    ...(file.scalars === 'text' ? { schema: 'failsafe', customTags: ['null'] } : {}),
  });

/** `anyOf` and `oneOf` report each branch and themselves; the branches say more, so the summary is dropped. */
const plainest = (errors: readonly ErrorObject[]): readonly ErrorObject[] => {
  const telling = errors.filter((error) => !['anyOf', 'oneOf', 'if'].includes(error.keyword));
  return telling.length > 0 ? telling : errors;
};

const offendingKey = (error: ErrorObject, path: YamlPath): YamlPath => {
  if (error.keyword === 'additionalProperties') return [...path, String(error.params.additionalProperty)];
  return path;
};

const sentence = (error: ErrorObject): string => {
  const right = descriptionOf(error);
  switch (error.keyword) {
    case 'additionalProperties': {
      const known = Object.keys((error.parentSchema?.properties ?? {}) as object);
      const meant = nearest(String(error.params.additionalProperty), known);
      return `unknown key; ${meant ? `did you mean \`${meant}\`?` : `known are ${list(known)}`}`;
    }
    case 'required':
      return `\`${String(error.params.missingProperty)}\` is missing; add it`;
    case 'enum': {
      const allowed = (error.params.allowedValues as readonly unknown[]).map(String);
      const meant = nearest(String(error.data), allowed);
      return `${shown(error.data)} is not one of ${list(allowed)}${meant ? `; did you mean \`${meant}\`?` : ''}`;
    }
    case 'const':
      return `must be ${shown(error.params.allowedValue)}, found ${shown(error.data)}`;
    case 'type':
      return `must be ${[error.params.type].flat().map(typeText).join(' or ')}, found ${shown(error.data)}${right}`;
    case 'pattern':
      return `${shown(error.data)} is not of the right form${right}`;
    default:
      return `${error.message ?? 'is not allowed here'}, found ${shown(error.data)}${right}`;
  }
};

const descriptionOf = (error: ErrorObject): string => {
  const description: unknown = error.parentSchema?.description;
  return typeof description === 'string' ? ` (${description})` : '';
};

const typeText = (type: unknown): string =>
  ({ string: 'text', object: 'a map of keys', array: 'a list', integer: 'a whole number' })[String(type)] ??
  `a ${String(type)}`;

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map of keys';
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
};

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const keyText = (path: YamlPath): string => keyOf(path) || 'the file';
