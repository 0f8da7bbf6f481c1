import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../warehouse/error.ts';
import { digest } from './digest.ts';
import { readFrame, type Frame } from './frame.ts';

/**
 * Records a person chose: those a file names, one encounter_id a line, in its order. A first line `encounter_id`, blank
 * lines and an id given again are passed over.
 *
 * @returns `records` those, `hash` sha256 of their ids in that order
 * @throws UserError where the file cannot be read, names nobody, or names records whose coding is not final: how many,
 *   not which
 */
export const readChosen = async (connection: DuckDBConnection, file: string): Promise<Frame> => {
  const ids = readIds(file);
  const all = await readFrame(connection, { from: null, to: null, where: {}, notAudited: false });
  const known = new Map(all.records.map((record) => [record.encounterId, record]));
  const records = ids.flatMap((id) => known.get(id) ?? []);
  if (records.length < ids.length)
    throw new UserError(
      `\`--records ${basename(file)}\`: ${ids.length - records.length} of its ${ids.length} ids are no record whose coding is final and names a coder.`,
      { mend: 'Take them out, or run `himsight run` first where their coding has become final since.' },
    );
  return { records, hash: digest(ids.join('\n')), withoutCoder: 0 };
};

const readIds = (file: string): readonly string[] => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError(`\`--records ${basename(file)}\`: the file cannot be read.`, { cause });
  }
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^"(.*)"$/, '$1'));
  const ids = [...new Set((lines[0] === 'encounter_id' ? lines.slice(1) : lines).filter((line) => line !== ''))];
  if (ids.length > 0) return ids;
  throw new UserError(`\`--records ${basename(file)}\`: the file names no record.`, {
    mend: 'Write one encounter_id a line.',
  });
};
