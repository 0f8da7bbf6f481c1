import { UserError } from '../../warehouse/error.ts';
import type { LookupDigests } from './batch-id.ts';
import type { BatchReport } from './batch-report.ts';
import { fileName } from '../find.ts';
import type { ScannedFile } from './arrival.ts';
import { lookupFiles, type LookupFiles, type ScannedLookup } from './lookup.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Source } from '../workspace/workspace.ts';

/** What becomes of a batch that there is nothing to read of, and why. */
type Refusal = Pick<BatchReport, 'status' | 'message' | 'isTransient'>;

/** The files in which a mapping looks values up, scanned; or why they cannot be. */
export const scanLookups = async (
  source: Source,
  mapping: Mapping,
  folder: string,
  scan: (lookup: LookupFiles) => Promise<readonly ScannedFile[] | Refusal>,
): Promise<readonly ScannedLookup[] | Refusal> => {
  try {
    const lookups: ScannedLookup[] = [];
    for (const lookup of lookupFiles(source, mapping)) {
      if (lookup.paths.length === 0)
        return {
          status: 'refused',
          message: `${fileName(folder, lookup.path)}: no such file has arrived, and source ${source.id} looks \`${lookup.lookup.name}\` up in it. Put it there, or mend \`lookups\` of the source.`,
        };
      const files = await scan(lookup);
      if ('status' in files) return files;
      lookups.push({ ...lookup, files });
    }
    return lookups;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { status: 'refused', message: `${error.message}. ${error.mend ?? ''}`.trim() };
  }
};

/** What a batch is known by beside its own files. */
export const digestsOf = (lookups: readonly ScannedLookup[]): readonly LookupDigests[] =>
  lookups.map(({ lookup, files }) => ({ name: lookup.name, digests: files.map(({ scan }) => scan.digest) }));

/** What the ledger tells of the files looked up in. */
export const lookupsOf = (lookups: readonly ScannedLookup[]): Pick<BatchReport, 'lookups'> =>
  lookups.length === 0
    ? {}
    : {
        lookups: lookups.flatMap(({ files }) =>
          files.map(({ name, scan: { digest, bytes } }) => ({ name, digest, bytes })),
        ),
      };
