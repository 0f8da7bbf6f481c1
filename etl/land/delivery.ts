import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join, matchesGlob } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import type { Stated } from './batch-report.ts';
import { comparePaths, manifestName } from '../find.ts';
import { manifestAsOf, manifestIn, manifestPeriod, speaksOf, type Manifest } from './manifest.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { namePeriod, type Period } from './name-period.ts';
import { compareTimes, kindOf } from '../raw/standing.ts';
import type { ExtractKind } from '../workspace/config.ts';
import type { Source } from '../workspace/workspace.ts';

/** Files that land together or not at all. */
export interface Delivery {
  /** In path order. */
  readonly files: readonly DeliveredFile[];
  /** Absolute paths of files that belong to it by its manifest and have not come. */
  readonly missing: readonly string[];
  /** Why the manifest beside it cannot be read, or null. */
  readonly fault: UserError | null;
  readonly stated: Stated;
  /** Whether its manifest gives a period that is none. */
  readonly isPeriodUnclear: boolean;
}

/** A file, and the manifest beside it where that speaks of it. */
export interface DeliveredFile {
  /** Absolute. */
  readonly path: string;
  readonly manifest: Manifest | null;
}

/** What has come of a source, and what has not though it was announced. */
export interface Deliveries {
  /** In the order in which a later one goes before an earlier one. */
  readonly deliveries: readonly Delivery[];
  /** Absolute paths of files that manifests name and that have not come, those of `deliveries` left out. */
  readonly missing: readonly string[];
}

/**
 * The files of a source as deliveries: one each; all in one where a case may be spread over files; and where a delivery
 * is a whole (full, snapshot), those that one manifest names, lest one file of a delivery take the place of another.
 */
export const deliveriesOf = (source: Source, mapping: Mapping, files: readonly string[]): Deliveries => {
  const folders = new Map([...new Set([...files.map(dirname), ...announcing(source.path)])].map(readFolder));
  const delivered = files.map((path): DeliveredFile => {
    const { manifest } = folders.get(dirname(path))!;
    return { path, manifest: speaksOf(manifest, path) ? manifest : null };
  });
  const absent = [...folders].flatMap(([folder, { manifest }]) => notCome(source, folder, manifest));
  const isWhole = (manifest: Manifest | null): manifest is Manifest =>
    mapping.cases === null && manifest !== null && isWholeKind(kindOf(source, manifest));
  const groups =
    mapping.cases !== null
      ? delivered.length > 0
        ? [delivered]
        : []
      : [
          ...Map.groupBy(delivered, ({ path, manifest }) =>
            isWhole(manifest) && manifest.files ? dirname(path) : path,
          ).values(),
        ];
  const deliveries = groups.map((group): Delivery => {
    const [{ path, manifest }] = group as [DeliveredFile];
    const fault = group.map((file) => folders.get(dirname(file.path))!.fault).find((one) => one !== null) ?? null;
    const missing = isWhole(manifest) ? absent.filter((file) => dirname(file) === dirname(path)) : [];
    return { files: group, missing, fault, ...statementOf(group, source, mapping.timestamps === 'instant') };
  });
  const wanted = deliveries.flatMap(({ missing }) => missing);
  return {
    deliveries: deliveries.toSorted(
      (a, b) => compareTimes(a.stated.asOf, b.stated.asOf) || comparePaths(a.files.at(-1)!.path, b.files.at(-1)!.path),
    ),
    missing: absent.filter((file) => !wanted.includes(file)),
  };
};

const isWholeKind = (kind: ExtractKind): boolean => kind === 'full' || kind === 'snapshot';

interface Folder {
  readonly manifest: Manifest | null;
  readonly fault: UserError | null;
}

const readFolder = (folder: string): readonly [string, Folder] => {
  try {
    return [folder, { manifest: manifestIn(folder), fault: null }];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [folder, { manifest: null, fault: error }];
  }
};

/** Folders with a manifest in which files of the source may be expected, though none has come. */
const announcing = (path: string): readonly string[] => {
  const manifest = join(dirname(path), manifestName);
  return (existsSync(manifest) ? [manifest] : globSync(manifest)).map(dirname);
};

const notCome = ({ path }: Source, folder: string, manifest: Manifest | null): readonly string[] =>
  (manifest?.files ?? [])
    .map(({ name }) => join(folder, basename(name)))
    .filter((file) => !existsSync(file) && (file === path || matchesGlob(file, path)))
    .sort(comparePaths);

const statementOf = (
  files: readonly DeliveredFile[],
  source: Source,
  isInstant: boolean,
): Pick<Delivery, 'stated' | 'isPeriodUnclear'> => {
  const manifests = [...new Set(files.flatMap(({ manifest }) => manifest ?? []))];
  const asOf = manifests
    .map((manifest) => manifestAsOf(manifest, source, isInstant))
    .toSorted(compareTimes)
    .at(-1);
  const extract = manifests.find((manifest) => manifest.extract !== undefined)?.extract;
  const periods = manifests.map(manifestPeriod).filter((period) => period !== null);
  const given = periods.filter((period) => period !== 'unclear');
  const named = files.map(({ path }) => namePeriod(basename(path)));
  return {
    stated: {
      ...(extract === undefined ? {} : { extract }),
      asOf: asOf ?? null,
      period: given.length > 0 ? theOne(given) : theOne(named),
    },
    isPeriodUnclear: given.length < periods.length,
  };
};

/** The period on which all agree, or null. */
const theOne = (periods: readonly (Period | null)[]): Period | null => {
  const [first = null] = periods;
  return periods.every((one) => one?.from === first?.from && one?.to === first?.to) ? first : null;
};
