import type { AnySchemaObject } from 'ajv';

const maxAuthor = 80;

/** What no text may hold: control characters, tabs and line ends aside. */
const printable = '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f]*$';

/** A line a person types: not empty, not only blanks, no line end. */
export const line = (most: number, what: string): AnySchemaObject => ({
  type: 'string',
  maxLength: most,
  pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f]*$',
  description: `${what}: one line of text, ${most} characters at most`,
});

/** Text of several lines a person types; not only blanks. */
export const prose = (most: number, what: string): AnySchemaObject => ({
  type: 'string',
  maxLength: most,
  allOf: [{ pattern: '\\S' }, { pattern: printable }],
  description: `${what}: text, ${most} characters at most`,
});

/** A day of the calendar; whether there is such a day is `isDay`'s to say. */
export const day = (what: string): AnySchemaObject => ({
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: `${what}: a date, written YYYY-MM-DD`,
});

/** Whether a day written YYYY-MM-DD is one of the calendar. */
export const isDay = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** Id of a metric. Whether a release has it is for whoever looks to say: metrics come and go, what was said of them stays. */
export const metricId: AnySchemaObject = {
  type: 'string',
  pattern: '^[a-z][a-z0-9_]{0,99}$',
  description: 'The id of a metric, snake_case',
};

/** Filters as a view has them: several values of a dimension are alternatives; the empty text stands for not known. */
export const where: AnySchemaObject = {
  type: 'object',
  maxProperties: 50,
  propertyNames: { pattern: '^[a-z][a-z0-9_]{0,99}$' },
  additionalProperties: {
    type: 'array',
    minItems: 1,
    maxItems: 1000,
    uniqueItems: true,
    items: { type: 'string', maxLength: 500 },
  },
  description: 'Filters: dimension, then a list of its values as text',
};

/** An address within the dashboard: path and query, as the address bar has them. */
export const address = (what: string): AnySchemaObject => ({
  type: 'string',
  maxLength: 16_000,
  // Two slashes would lead to another machine.
  pattern: '^/(?![/\\\\])[^\\s\\u0000-\\u001f\\u007f]*$',
  description: `${what}: the address of a page of this dashboard, beginning with one slash`,
});

const stamp = {
  author: line(maxAuthor, 'The name of whoever did it'),
  at: {
    type: 'string',
    pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$',
    description: 'When, as 2026-03-01T12:00:00Z',
  },
};

interface Shape {
  readonly many: string;
  readonly properties: Readonly<Record<string, AnySchemaObject>>;
  readonly required: readonly string[];
}

const made = new WeakMap<Shape, AnySchemaObject>();

/** The schema of a file: its version, then the list. The same object at each call, so that it is compiled once. */
export const fileSchema = (kind: Shape): AnySchemaObject => {
  const known = made.get(kind);
  if (known !== undefined) return known;
  const schema = {
    type: 'object',
    additionalProperties: false,
    required: ['version', kind.many],
    properties: {
      version: { const: 1, description: 'This program reads version 1 of the file' },
      [kind.many]: { type: 'array', items: entrySchema(kind) },
    },
  };
  made.set(kind, schema);
  return schema;
};

const entrySchema = ({ properties, required }: Shape): AnySchemaObject => ({
  type: 'object',
  additionalProperties: false,
  required: ['id', ...required, 'author', 'at'],
  properties: {
    id: { type: 'string', pattern: '^[0-9a-f]{8}$', description: 'Eight hex digits, in quotes where all are numerals' },
    ...properties,
    ...stamp,
    retired: { type: 'object', additionalProperties: false, required: ['author', 'at'], properties: stamp },
  },
});
