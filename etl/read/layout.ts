import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import { shapeOf } from '../../warehouse/json-schema.ts';
import { checkedYaml, placeOf } from '../workspace/checked-yaml.ts';
import type { Encoding } from './encoding.ts';

/** Where the columns of a fixed-width file stand; what no column covers is filler, and is not read. */
export interface Layout {
  readonly columns: readonly LayoutColumn[];
  /** Characters of every line. */
  readonly recordLength: number;
  readonly encoding: Encoding;
  /** Physical lines at the beginning of a file that are no records. */
  readonly skippedLines: number;
  /** Tells this layout from another one: the same bytes under another layout are another batch. */
  readonly fingerprint: string;
}

/** A column of a line, in characters: a character counts one, however many bytes it takes. */
export interface LayoutColumn {
  readonly name: string;
  /** From 1. */
  readonly start: number;
  readonly length: number;
}

interface LayoutFile {
  readonly columns: readonly LayoutColumn[];
  readonly record_length?: number;
  readonly encoding?: Encoding | 'latin-1';
  readonly skip_lines?: number;
}

const whole = { type: 'integer', minimum: 1, description: 'a whole number from 1' };

const layoutFile = shapeOf<LayoutFile>({
  type: 'object',
  required: ['columns'],
  additionalProperties: false,
  properties: {
    columns: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['name', 'start', 'length'],
        additionalProperties: false,
        properties: { name: { type: 'string', minLength: 1 }, start: whole, length: whole },
      },
    },
    record_length: whole,
    encoding: { enum: ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'latin-1'] },
    skip_lines: { type: 'integer', minimum: 0, description: 'a whole number of lines' },
  },
});

/**
 * The layout in a YAML file.
 *
 * @throws UserError naming line and key when there is no such file or its columns overlap, repeat a name or leave the line
 */
export const readLayout = (file: string): Layout => {
  const yaml = { name: basename(file), text: textOf(file) };
  const {
    columns,
    record_length: length,
    encoding = 'utf-8',
    skip_lines: skippedLines = 0,
  } = checkedYaml(yaml, layoutFile);
  const ends = columns.map((column) => column.start + column.length - 1);
  const recordLength = length ?? Math.max(...ends);
  const refuse = (i: number, says: string): never => {
    throw new UserError(`${placeOf(yaml, ['columns', i])}: ${says}`);
  };
  for (const [i, { name, start }] of columns.entries()) {
    const others = columns.slice(0, i);
    if (others.some((other) => other.name.toLowerCase() === name.toLowerCase()))
      refuse(i, `\`${name}\` is there already; give each column a name of its own`);
    const overlap = others.find((other, j) => start <= ends[j]! && other.start <= ends[i]!);
    if (overlap) refuse(i, `\`${name}\` overlaps \`${overlap.name}\`; mend start or length`);
    if (ends[i]! > recordLength)
      refuse(i, `\`${name}\` ends at ${ends[i]}, behind record_length ${recordLength}; mend one of them`);
  }
  const layout = {
    columns,
    recordLength,
    encoding: encoding === 'latin-1' ? ('windows-1252' as const) : encoding,
    skippedLines,
  };
  const fingerprint = createHash('sha256').update(JSON.stringify(layout)).digest('hex').slice(0, 16);
  return { ...layout, fingerprint };
};

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError(`The layout ${file} cannot be read.`, {
      cause,
      mend: 'Mend `layout` of its source in himsight.yaml.',
    });
  }
};
