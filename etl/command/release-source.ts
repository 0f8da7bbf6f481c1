import type { Prepared } from '../../dashboard/server/server-parts.ts';
import type { ReleaseSource } from '../../dashboard/server/served-release.ts';
import type { Store } from '../../dashboard/store/store.ts';
import { catalogueOf } from '../../warehouse/metric/catalogue.ts';
import { readColumnTypes } from '../../warehouse/metric/check-against-release.ts';
import { openReader, type Reader } from '../../warehouse/open.ts';
import { toCatalogueJson } from '../../warehouse/query/catalogue-json.ts';
import { keepBlocks, keptBlocks, type KeptBlocks } from '../../warehouse/query/kept-blocks.ts';
import { currentRelease, releaseFile } from '../../warehouse/release-folder.ts';
import { readWorklists, showable } from '../../warehouse/worklist/worklist.ts';
import { deskOf } from '../report/desk-of.ts';
import { limitsOf, metricFolders, releaseFolder, worklistFolders } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { warmUp, type WarmUp } from './warm-up.ts';

/**
 * How releases are opened. The one that is served is asked at once what people will ask first; it is closed when that is
 * given up.
 */
export const releaseSource = (workspace: Workspace, store: Store): ReleaseSource<Prepared> => {
  let lastKept: KeptBlocks | null = null;
  const warmUps = new WeakMap<Reader, WarmUp>();
  return {
    current: async () => currentRelease(releaseFolder(workspace)),
    open: async (release: string): Promise<Reader> => {
      const opened = await openReader(releaseFile(releaseFolder(workspace), release), limitsOf(workspace));
      const reader: Reader = {
        ...opened,
        close: async () => {
          await warmUps.get(reader)?.stop();
          await opened.close();
        },
      };
      return reader;
    },
    prepare: async (reader: Reader): Promise<Prepared> => {
      const catalogue = await catalogueOf(reader, metricFolders(workspace));
      const catalogueJson = await toCatalogueJson(reader, catalogue);
      keepBlocks(reader);
      const worklists = showable(readWorklists(worklistFolders(workspace)), await readColumnTypes(reader));
      if (reader.release === currentRelease(releaseFolder(workspace))) {
        const desk = (signal: AbortSignal) => deskOf(workspace, store, { reader, catalogue }, signal);
        warmUps.set(reader, warmUp(desk, lastKept?.views ?? []));
        lastKept = keptBlocks(reader);
      }
      return { catalogue, catalogueJson, worklists };
    },
  };
};
