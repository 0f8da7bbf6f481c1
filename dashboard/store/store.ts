import { stringify } from 'yaml';
import { alertKind, type Alert } from './alert.ts';
import { annotationKind, type Annotation } from './annotation.ts';
import { shelf, type Kept, type Shelf } from './kept.ts';
import { reportPlanKind, type ReportPlan } from './report-plan.ts';
import { savedViewKind, type SavedView } from './saved-view.ts';

/** What people keep beside the warehouse: one YAML file each in the `store` folder of a workspace. */
export interface Store {
  readonly folder: string;
  readonly annotations: Shelf<Annotation>;
  readonly views: Shelf<SavedView>;
  readonly alerts: Shelf<Alert>;
  readonly reports: Shelf<ReportPlan>;
  /** All of it as one YAML text, what was taken back included. @throws StoreFault where a file is damaged */
  readonly yaml: () => string;
  /** What is in it, a line each kind: how many stand and were taken back, or the sentence on a damaged file. */
  readonly look: () => readonly StoreFinding[];
}

export interface StoreFinding {
  readonly kind: string;
  readonly standing: number;
  readonly retired: number;
  /** Why it cannot be read; null where it can. */
  readonly fault: Error | null;
}

/** The store in a folder that need not be there yet: it is made by the first thing that is kept. Open it once a process. */
export const openStore = (folder: string): Store => {
  const shelves = {
    annotations: shelf(folder, annotationKind),
    views: shelf(folder, savedViewKind),
    alerts: shelf(folder, alertKind),
    reports: shelf(folder, reportPlanKind),
  };
  return {
    folder,
    ...shelves,
    yaml: () =>
      stringify(
        { version: 1, ...Object.fromEntries(Object.entries(shelves).map(([many, { read }]) => [many, read()])) },
        { lineWidth: 100, aliasDuplicateObjects: false },
      ),
    look: () => Object.entries(shelves).map(([kind, each]) => lookAt(kind, each.read)),
  };
};

const lookAt = (kind: string, read: () => readonly Kept[]): StoreFinding => {
  try {
    const entries = read();
    const retired = entries.filter((entry) => entry.retired !== undefined).length;
    return { kind, standing: entries.length - retired, retired, fault: null };
  } catch (fault) {
    return { kind, standing: 0, retired: 0, fault: fault as Error };
  }
};
