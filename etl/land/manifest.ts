import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { shapeOf } from '../../warehouse/json-schema.ts';
import { checkedYaml } from '../workspace/checked-yaml.ts';
import { HeldError } from '../error.ts';
import { manifestName } from '../find.ts';
import type { OpenFile } from './load.ts';
import type { Period } from './name-period.ts';
import type { ExtractKind } from '../workspace/config.ts';
import type { Source } from '../workspace/workspace.ts';

/** `manifest.json` beside the files: what their sender says of them. */
export interface Manifest {
  readonly contract_version?: string;
  readonly privacy_mode?: string;
  /** What the delivery means for those before it; goes for sources that do not say themselves. */
  readonly extract?: ExtractKind;
  /** Time of the extract, same clock as its rows. */
  readonly extract_as_of_ts?: string;
  /** First day of the rows' period, and the first day no longer in it. */
  readonly period_start?: string;
  readonly period_end?: string;
  readonly files?: readonly ManifestFile[];
}

/** What a manifest says of one file. */
export interface ManifestFile {
  readonly name: string;
  readonly rows?: number;
  readonly sha256?: string;
  /** Column of the file → sum of its numbers, as a decimal number in text. */
  readonly totals?: Readonly<Record<string, string>>;
}

// All of it is text as written, since a sum read as a double would not be the sum; the schema turns `rows` into a number.
const manifestFile = shapeOf<Manifest>(
  {
    type: 'object',
    properties: {
      contract_version: { type: 'string' },
      privacy_mode: { type: 'string' },
      extract: { enum: ['parts', 'full', 'delta', 'snapshot'] },
      extract_as_of_ts: {
        type: 'string',
        pattern:
          '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$',
        description: 'a time such as 2026-09-01T00:00:00',
      },
      files: {
        type: 'array',
        items: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string' },
            rows: { type: 'integer', minimum: 0 },
            sha256: { type: 'string', pattern: '^[0-9a-fA-F]{64}$', description: '64 hexadecimal digits' },
            totals: {
              type: 'object',
              additionalProperties: {
                type: 'string',
                pattern: '^-?[0-9]+([.][0-9]+)?$',
                description: 'a decimal number such as 1234.50',
              },
            },
          },
        },
      },
    },
  },
  'text',
);

/**
 * The manifest in a folder, or null where there is none.
 *
 * @throws UserError naming line and key when it does not have the shape of one
 */
export const manifestIn = (folder: string): Manifest | null => {
  const path = join(folder, manifestName);
  if (!existsSync(path)) return null;
  // JSON is YAML, and this reader names the line.
  return checkedYaml({ name: manifestName, text: readFileSync(path, 'utf8'), scalars: 'text' }, manifestFile);
};

/** What the manifest says of a file, or undefined. */
export const entryOf = (manifest: Manifest | null, path: string): ManifestFile | undefined =>
  manifest?.files?.find(({ name }) => basename(name) === basename(path));

/** Whether a manifest speaks of a file beside it: it names it, or names no files at all. */
export const speaksOf = (manifest: Manifest | null, path: string): manifest is Manifest =>
  manifest !== null && (manifest.files === undefined || entryOf(manifest, path) !== undefined);

/** Rows the manifest gives for a file, or null. */
export const manifestRows = (manifest: Manifest | null, path: string): number | null =>
  entryOf(manifest, path)?.rows ?? null;

/** @throws HeldError when the file is not the one its sender described, or holds another number of rows */
export const checkManifest = (
  { path, name, scan, records, manifest }: Pick<OpenFile, 'path' | 'name' | 'scan' | 'records' | 'manifest'>,
  { id, privacy, manifest: wanted }: Pick<Source, 'id' | 'privacy' | 'manifest'>,
): void => {
  const entry = entryOf(manifest, path);
  if (wanted === 'required' && entry === undefined)
    throw new HeldError(
      `${name} is held by rule manifest-required: source ${id} asks for a manifest, and ${manifest === null ? 'there is none beside it' : 'the one beside it does not name it'}`,
      'Ask its sender for `manifest.json` with the file under `files`.',
    );
  if (manifest?.privacy_mode !== undefined && manifest.privacy_mode !== privacy)
    throw new HeldError(
      `${name} is held by rule manifest-privacy: manifest.json gives another privacy_mode than source ${id} has`,
      `Find out what was done to the data before it came here; source ${id} takes it for ${privacy}.`,
    );
  const { rows, sha256 } = entry ?? {};
  if (rows !== undefined && rows !== records)
    throw new HeldError(
      `${name} is held by rule manifest-rows: manifest.json gives ${rows} rows, the file holds ${records}`,
      'Ask its sender for the whole file, or for a manifest that fits it.',
    );
  if (sha256 !== undefined && sha256.toLowerCase() !== scan.digest) throw otherContent(name);
};

const otherContent = (name: string): HeldError =>
  new HeldError(
    `${name} is held by rule manifest-sha256: its sha256 is not the one manifest.json gives`,
    'It changed after it was written, or on its way: send file and manifest again together.',
  );

/**
 * Holds an archive itself against the manifest beside it, before anything is unpacked.
 *
 * @throws HeldError when the manifest gives another sha256 for it
 */
export const refuseOtherArchive = async (archive: string, name: string): Promise<void> => {
  const { sha256 } = entryOf(manifestIn(dirname(archive)), archive) ?? {};
  if (sha256 === undefined) return;
  const hash = createHash('sha256');
  await pipeline(createReadStream(archive), hash);
  if (hash.digest('hex') !== sha256.toLowerCase()) throw otherContent(name);
};

/**
 * A manifest's as-of as `YYYY-MM-DD HH:MM:SS` on the clock of the rows: UTC of instants, else the wall clock of the
 * source's zone. Null where it gives none.
 */
export const manifestAsOf = (
  { extract_as_of_ts: text }: Manifest,
  { timezone }: Pick<Source, 'timezone'>,
  isInstant: boolean,
): string | null => (text === undefined ? null : clockTime(text, isInstant ? 'UTC' : timezone));

/** The period a manifest gives; `unclear` where it gives one that is no whole days in order. Null where it gives none. */
export const manifestPeriod = ({ period_start: start, period_end: end }: Manifest): Period | 'unclear' | null => {
  if (start === undefined && end === undefined) return null;
  const [from, to] = [dayOf(start), dayOf(end)];
  return from === null || to === null || from >= to ? 'unclear' : { from, to };
};

/** The day of a date, or of a timestamp at its midnight. */
const dayOf = (text: string | undefined): string | null => {
  const day = /^(\d{4}-\d{2}-\d{2})([T ]00:00(:00([.]0+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text ?? '')?.[1];
  const time = day === undefined ? NaN : Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day!) ? day! : null;
};

const clockTime = (text: string, timezone: string): string => {
  const [day = '', time = ''] = text.split(/[T ]/);
  // Sweden writes a time of day as ISO 8601 does.
  if (/Z|[+-]/.test(time)) return new Date(text).toLocaleString('sv-SE', { timeZone: timezone });
  const [hours = '00', minutes = '00', seconds = '00'] = time.split(/[:.]/);
  return `${day} ${hours.padStart(2, '0')}:${minutes}:${seconds}`;
};
