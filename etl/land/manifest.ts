import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { checkedYaml } from '../workspace/checked-yaml.ts';
import { HeldError } from '../error.ts';
import { manifestName } from '../find.ts';
import type { OpenFile } from './load.ts';
import type { Source } from '../workspace/workspace.ts';

/** `manifest.json` beside the files: what their sender says of them. */
export interface Manifest {
  readonly contract_version?: string | number;
  readonly privacy_mode?: string;
  /** Time of the extract, same clock as its rows. */
  readonly extract_as_of_ts?: string;
  readonly period_start?: string;
  readonly period_end?: string;
  readonly files?: readonly ManifestFile[];
}

interface ManifestFile {
  readonly name: string;
  readonly rows?: number;
  readonly sha256?: string;
}

const isManifest = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile<Manifest>({
  type: 'object',
  properties: {
    contract_version: { type: ['string', 'number'] },
    privacy_mode: { type: 'string' },
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
        },
      },
    },
  },
});

/**
 * The manifest beside a file, or null where there is none.
 *
 * @throws UserError naming line and key when it does not have the shape of one
 */
export const manifestBeside = (file: string): Manifest | null => {
  const path = join(dirname(file), manifestName);
  if (!existsSync(path)) return null;
  // JSON is YAML, and this reader names the line.
  return checkedYaml({ name: manifestName, text: readFileSync(path, 'utf8') }, isManifest);
};

/** What the manifest says of a file, or undefined. */
const entryOf = (manifest: Manifest | null, path: string): ManifestFile | undefined =>
  manifest?.files?.find(({ name }) => basename(name) === basename(path));

/** Rows the manifest gives for a file, or null. */
export const manifestRows = (manifest: Manifest | null, path: string): number | null =>
  entryOf(manifest, path)?.rows ?? null;

/** @throws HeldError when the file is not the one its sender described, or holds another number of rows */
export const checkManifest = (
  manifest: Manifest | null,
  { path, name, scan, records }: Pick<OpenFile, 'path' | 'name' | 'scan' | 'records'>,
): void => {
  const { rows, sha256 } = entryOf(manifest, path) ?? {};
  if (rows !== undefined && rows !== records)
    throw new HeldError(
      `${name} is held by rule manifest-rows: manifest.json gives ${rows} rows, the file holds ${records}`,
      'Ask its sender for the whole file, or for a manifest that fits it.',
    );
  if (sha256 !== undefined && sha256.toLowerCase() !== scan.digest)
    throw new HeldError(
      `${name} is held by rule manifest-sha256: its sha256 is not the one manifest.json gives`,
      'It changed after it was written, or on its way: send file and manifest again together.',
    );
};

/**
 * The latest as-of among the manifests beside some files, as `YYYY-MM-DD HH:MM:SS` on the clock of their rows: UTC of
 * instants, else the wall clock of the source's zone. Null where no manifest gives one.
 */
export const extractAsOf = (
  files: readonly Pick<OpenFile, 'path'>[],
  { timezone }: Pick<Source, 'timezone'>,
  isInstant: boolean,
): string | null => {
  const folders = new Map(files.map(({ path }) => [dirname(path), path]));
  const times = [...folders.values()].flatMap((path) => manifestBeside(path)?.extract_as_of_ts ?? []);
  const onClock = times.map((text) => clockTime(text, isInstant ? 'UTC' : timezone));
  return onClock.sort().at(-1) ?? null;
};

const clockTime = (text: string, timezone: string): string => {
  const [day = '', time = ''] = text.split(/[T ]/);
  // Sweden writes a time of day as ISO 8601 does.
  if (/Z|[+-]/.test(time)) return new Date(text).toLocaleString('sv-SE', { timeZone: timezone });
  const [hours = '00', minutes = '00', seconds = '00'] = time.split(/[:.]/);
  return `${day} ${hours.padStart(2, '0')}:${minutes}:${seconds}`;
};
