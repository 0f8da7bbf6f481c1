import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join, matchesGlob } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import type { Stated } from './batch-report.ts';
import type { Arrival } from './arrival.ts';
import { comparePaths, fileName, isFolder, manifestName } from '../find.ts';
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
  /** Names of files that belong to it by its manifest and have not come. */
  readonly missing: readonly string[];
  /** Why the manifest beside it cannot be read, or null. */
  readonly fault: UserError | null;
  readonly stated: Stated;
  /** Whether its manifest gives a period that is none. */
  readonly isPeriodUnclear: boolean;
}

/** A file, and the manifest beside it where that speaks of it or of the archive it came in. */
export interface DeliveredFile extends Arrival {
  readonly manifest: Manifest | null;
}

/** What has come of a source, and what has not though it was announced. */
export interface Deliveries {
  /** In the order in which a later one goes before an earlier one. */
  readonly deliveries: readonly Delivery[];
  /** Names of files that manifests name and that have not come, those of `deliveries` left out. */
  readonly missing: readonly string[];
}

/**
 * The files of a source as deliveries: one each; all in one where a case may be spread over files; and where a delivery
 * is a whole (full, snapshot), those that one manifest names or one archive holds, lest one file of a delivery take the
 * place of another.
 */
export const deliveriesOf = (
  source: Source,
  mapping: Mapping,
  files: readonly Arrival[],
  workspaceFolder: string,
): Deliveries => {
  const shown = new Map([
    ...announcing(source.path).map((folder) => [folder, fileName(workspaceFolder, folder)] as const),
    ...files.map(({ path, name }) => [dirname(path), dirname(name)] as const),
  ]);
  const folders = new Map([...shown.keys()].map(readFolder));
  const delivered = files.map((file): DeliveredFile => {
    const { manifest } = folders.get(dirname(file.path))!;
    return { ...file, manifest: speaksOf(manifest, file.path) || speaksOf(manifest, file.arrived) ? manifest : null };
  });
  const absent = [...folders].flatMap(([folder, { manifest }]) =>
    notCome(source, folder, manifest, files).map((file) => ({ folder, name: join(shown.get(folder)!, file) })),
  );
  const isWhole = (manifest: Manifest | null): manifest is Manifest =>
    !mapping.spansFiles && manifest !== null && isWholeKind(kindOf(source, manifest));
  const groups = mapping.spansFiles
    ? delivered.length > 0
      ? [delivered]
      : []
    : [
        ...Map.groupBy(delivered, ({ path, arrived, manifest }) => {
          if (isWhole(manifest) && manifest.files) return dirname(path);
          return isWholeKind(kindOf(source, manifest ?? {})) ? arrived : path;
        }).values(),
      ];
  const deliveries = groups.map((group): Delivery => {
    const [{ path, manifest }] = group as [DeliveredFile];
    const fault = group.map((file) => folders.get(dirname(file.path))!.fault).find((one) => one !== null) ?? null;
    const missing = isWhole(manifest)
      ? absent.filter(({ folder }) => folder === dirname(path)).map(({ name }) => name)
      : [];
    return { files: group, missing, fault, ...statementOf(group, source, mapping.timestamps === 'instant') };
  });
  const wanted = deliveries.flatMap(({ missing }) => missing);
  return {
    deliveries: deliveries.toSorted(
      (a, b) => compareTimes(a.stated.asOf, b.stated.asOf) || comparePaths(a.files.at(-1)!.name, b.files.at(-1)!.name),
    ),
    missing: absent.map(({ name }) => name).filter((name) => !wanted.includes(name)),
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
  if (isFolder(path)) return [path];
  const manifest = join(dirname(path), manifestName);
  return (existsSync(manifest) ? [manifest] : globSync(manifest)).map(dirname);
};

/** Names of files that a manifest gives, that belong to the source, and that came neither by themselves nor in an archive. */
const notCome = (
  { path }: Source,
  folder: string,
  manifest: Manifest | null,
  files: readonly Arrival[],
): readonly string[] => {
  const isArchive = files.some((one) => dirname(one.path) === folder && one.path !== one.arrived);
  const isOfSource = (file: string): boolean =>
    isArchive || file === path || dirname(file) === path || matchesGlob(file, path);
  // A manifest beside an archive may speak of it, or of what is in it; one that was copied into it of others besides it.
  const packed = files.filter((one) => dirname(one.arrived) === folder).map((one) => basename(one.path));
  const beside = files.flatMap((one) => (dirname(one.path) === folder ? [dirname(one.arrived)] : []));
  return (manifest?.files ?? [])
    .map(({ name }) => basename(name))
    .filter((name) => !existsSync(join(folder, name)) && isOfSource(join(folder, name)) && !packed.includes(name))
    .filter((name) => !beside.some((other) => existsSync(join(other, name))))
    .sort(comparePaths);
};

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
