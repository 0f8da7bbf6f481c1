import type { BatchReport, Place, Stated } from '../land/batch-report.ts';
import type { Delivery } from '../land/delivery.ts';
import { comparePaths } from '../find.ts';
import type { ExtractKind } from '../workspace/config.ts';
import type { Source } from '../workspace/workspace.ts';

/** Where the files of a batch stand. */
export const placesOf = ({
  places,
  files,
  stated,
}: Pick<BatchReport, 'places' | 'files' | 'stated'>): readonly Place[] =>
  places ?? files.map(({ name }) => ({ name, asOf: stated?.asOf ?? null }));

/** Names under which the files of a batch stand. */
export const namesOf = (batch: Pick<BatchReport, 'places' | 'files' | 'stated'>): readonly string[] =>
  placesOf(batch).map(({ name }) => name);

const comparePlaces = (a: Place, b: Place): number => compareTimes(a.asOf, b.asOf) || comparePaths(a.name, b.name);

/**
 * Order of deliveries: by source, then by the as-of a manifest gives (none comes first), then by path; what stands in
 * several places is where the last of them is. Neither clock nor time of arrival has a part in it.
 */
export const compareDeliveries = (a: BatchReport, b: BatchReport): number =>
  comparePaths(a.source, b.source) || comparePlaces(lastPlace(a), lastPlace(b));

const lastPlace = (batch: BatchReport): Place =>
  placesOf(batch).toSorted(comparePlaces).at(-1) ?? { name: '', asOf: null };

/** Times as ISO text in their order; none comes first. */
export const compareTimes = (a: string | null, b: string | null): number => {
  const [x, y] = [a ?? '', b ?? ''];
  return x < y ? -1 : x > y ? 1 : 0;
};

/**
 * What is said of a delivery: by the manifest that speaks of it; else by the one that spoke of it when it landed, since a
 * manifest may have been written anew for other files; else by its name.
 */
export const statedNow = (
  { stated, files }: Pick<Delivery, 'stated' | 'files'>,
  digests: readonly string[],
  names: readonly string[],
  standing: readonly BatchReport[],
): Stated => {
  if (files.some(({ manifest }) => manifest !== null)) return stated;
  const before = standing.find(
    (one) =>
      one.files.length === digests.length &&
      one.files.every(({ digest }) => digests.includes(digest)) &&
      names.some((name) => namesOf(one).includes(name)),
  );
  return before?.stated && before.stated.asOf !== null ? before.stated : stated;
};

/** What was said of a batch when it landed; nothing of those that landed before deliveries said anything. */
export const statedBy = ({ stated }: Pick<BatchReport, 'stated'>): Stated => stated ?? { period: null, asOf: null };

/** What a delivery means for those before it: as its source says, else its manifest. */
export const kindOf = (
  { extract }: Pick<Source, 'extract'>,
  stated: { readonly extract?: ExtractKind } | undefined,
): ExtractKind => extract ?? stated?.extract ?? 'parts';

/** What is about to stand in the place of earlier content. */
export interface Newcomer {
  readonly batch: string;
  readonly names: readonly string[];
  readonly digests: readonly string[];
  readonly stated: Stated;
  /** Whether it holds all there is, since a case may be spread over files. */
  readonly isAll: boolean;
}

/**
 * The batches whose place a newcomer takes: earlier content of its files. Content that stands under another name as
 * well stays.
 *
 * Where deliveries are told apart by more than their names (a delta by its as-of, a snapshot by its period), a file of
 * the same name that says something else is another delivery.
 */
export const replacedBy = (
  { batch, names, digests, stated, isAll }: Newcomer,
  source: Pick<Source, 'extract'>,
  standing: readonly BatchReport[],
): readonly BatchReport[] =>
  standing.filter(
    (before) =>
      before.batch !== batch &&
      (isAll ||
        ((isSameDelivery(kindOf(source, stated), stated, before.stated) || isSameContent(digests, before)) &&
          (before.files.length === 1
            ? namesOf(before).every((name) => names.includes(name))
            : namesOf(before).some((name) => names.includes(name))))),
  );

/** Rows that are there word for word are the same delivery, whatever is said of it now. */
const isSameContent = (digests: readonly string[], { files }: BatchReport): boolean =>
  files.every(({ digest, records }) => records > 0 && digests.includes(digest));

const isSameDelivery = (kind: ExtractKind, now: Stated, before: Stated | undefined): boolean => {
  if (before === undefined || kind === 'parts') return true;
  if (kind === 'snapshot') return now.period?.from === before.period?.from && now.period?.to === before.period?.to;
  return now.asOf === before.asOf;
};

/**
 * Where a batch stands once its one file was found in a place. A name that is not there any more goes when a new one
 * comes: the file was moved. Where all are known they stay, since a file that is gone keeps its rows.
 *
 * @param present names of all files of the source that are there now
 */
export const placesAfter = (known: BatchReport, place: Place, present: ReadonlySet<string>): readonly Place[] => {
  const others = placesOf(known).filter(({ name }) => name !== place.name);
  const isKnown = others.length < placesOf(known).length;
  return [...others.filter(({ name }) => isKnown || present.has(name)), place].sort(comparePlaces);
};
