import { openDesk, type Desk } from '../../dashboard/report/desk.ts';
import type { Store } from '../../dashboard/store/store.ts';
import type { Catalogue } from '../../warehouse/metric/catalogue.ts';
import type { Reader } from '../../warehouse/open.ts';
import { checkSettings } from '../workspace/check-settings.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Where the pages of a report of this workspace ask. @param signal gives up on what is asked */
export const deskOf = (
  workspace: Workspace,
  store: Pick<Store, 'annotations'>,
  { reader, catalogue }: { readonly reader: Reader; readonly catalogue: Catalogue },
  signal?: AbortSignal,
): Promise<Desk> =>
  openDesk(
    {
      ...{ reader, catalogue, checkSettings: checkSettings(workspace), annotations: store.annotations.read() },
      ...{ sources: workspace.sources, registryKind: workspace.config.registry?.kind ?? null },
      // A report tells no stories of a demo, and goes back to no other release.
      ...{ demoStories: [], releases: [] },
    },
    signal,
  );
