import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { AnySchemaObject, ErrorObject } from 'ajv';
import { LineCounter, parseDocument } from 'yaml';
import { UserError } from '../error.ts';
import { shapeOf, type Shape } from '../json-schema.ts';
import { keyOf, offsetOf, pathOf, type YamlPath } from '../yaml-place.ts';
import { nearest } from './nearest.ts';

export interface CheckedYaml<T> {
  readonly value: T;
  /** `file:line` of the place, or of the nearest thing around it. */
  at(path: YamlPath): string;
}

/**
 * Reads a YAML file and checks it against a JSON Schema (draft 7, with `discriminator`).
 *
 * @throws UserError for the first thing that is wrong: file, line, key, what would be right and the mend
 */
export const readCheckedYaml = <T>(file: string, schema: AnySchemaObject): CheckedYaml<T> => {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const shown = relative(process.cwd(), file).startsWith('..') ? file : relative(process.cwd(), file);
  const [fault] = document.errors;
  if (fault !== undefined) {
    throw new UserError(
      `${shown}:${fault.linePos?.[0].line ?? 1}: not readable as YAML: ${fault.message.split('\n')[0]}`,
    );
  }
  const at = (path: YamlPath): string => `${shown}:${lines.linePos(offsetOf(document, path)).line}`;
  const value: unknown = document.toJS();
  const [problem] = shapeProblems(value, schema).sort(
    (a, b) => b.rank - a.rank || offsetOf(document, a.path) - offsetOf(document, b.path),
  );
  if (problem !== undefined) throw problemError(problem, `${at(problem.path)} `);
  return { value: value as T, at };
};

/** The sentence a person gets of a problem. @param place what stands before the key: `file:line ` or nothing */
export const problemError = ({ path, says, mend }: Omit<ShapeProblem, 'rank'>, place: string): UserError => {
  const key = keyOf(path);
  return new UserError(`${place}${key === '' ? '' : `\`${key}\`: `}${says}`, { mend });
};

/** All that a JSON Schema (as above) has against a value, in no order; empty where it accepts it. */
export const shapeProblems = (value: unknown, schema: AnySchemaObject): ShapeProblem[] => {
  const shape = shapes.get(schema) ?? shapeOf(schema);
  shapes.set(schema, shape);
  return shape.problems(value).map((error) => describe(error));
};

const shapes = new WeakMap<AnySchemaObject, Shape<unknown>>();

/** One thing that is wrong with a value, where it stands in it, and what would be right. */
export interface ShapeProblem {
  readonly path: YamlPath;
  readonly says: string;
  readonly mend: string;
  /** Unknown keys first: a missing key is often a misspelt one. */
  readonly rank: number;
}

const describe = (error: ErrorObject): ShapeProblem => {
  const path = pathOf(error.instancePath);
  const params: Record<string, unknown> = error.params;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const known = Object.keys((error.parentSchema?.properties ?? {}) as object);
      return { path: [...path, key], says: 'unknown key.', mend: nearest(key, known), rank: 2 };
    }
    case 'required': {
      const key = String(params.missingProperty);
      return { path, says: `\`${key}\` is missing.`, mend: `Add \`${key}:\` there.`, rank: 0 };
    }
    case 'enum':
      return {
        path,
        says: 'is none of the values allowed.',
        mend: valuesOf(params.allowedValues, error.data),
        rank: 1,
      };
    case 'discriminator': {
      const kinds = (error.parentSchema?.oneOf as { properties: { kind: { const: string } } }[] | undefined) ?? [];
      const tag = String(params.tag);
      const known = kinds.map((each) => each.properties.kind.const);
      return {
        path: [...path, tag],
        says: 'is none of the kinds there are.',
        mend: valuesOf(known, params.tagValue),
        rank: 1,
      };
    }
    default:
      return { path, says: `${error.message ?? 'is wrong'}.`, mend: descriptionOf(error), rank: 1 };
  }
};

const valuesOf = (allowed: unknown, given: unknown): string =>
  `${typeof given === 'string' ? `${nearest(given, allowed as string[])} ` : ''}Allowed: ${(allowed as unknown[]).join(', ')}.`;

const descriptionOf = ({ parentSchema }: ErrorObject): string =>
  typeof parentSchema?.description === 'string' ? `${parentSchema.description}.` : 'See the README of the folder.';
