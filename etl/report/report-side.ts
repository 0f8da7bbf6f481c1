import { standing } from '../../dashboard/store/kept.ts';
import type { ReportPlan } from '../../dashboard/store/report-plan.ts';
import { StoreFault } from '../../dashboard/store/store-fault.ts';
import { openStore, type Store } from '../../dashboard/store/store.ts';
import { ledgerFolder, storeFolder } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { readDeliveryLines } from './delivery-ledger.ts';
import { nextReport, reportsDue } from './report-due.ts';

/** What whoever follows the schedules asks of the reports that people planned. */
export interface ReportSide {
  /** Names of the reports to be delivered now. */
  readonly due: (workspace: Workspace, now: Date) => readonly string[];
  /** When the next goes; null where none ever does. */
  readonly next: (workspace: Workspace, now: Date) => Date | null;
}

/** Looks at the plans of a workspace each time; while they cannot be read there are none, and why is said once. */
export const reportSide = (say: (sentence: string) => void): ReportSide => {
  const stores = new Map<string, Store>();
  let told = '';
  const plansOf = (workspace: Workspace): readonly ReportPlan[] => {
    const folder = storeFolder(workspace);
    const store = stores.get(folder) ?? openStore(folder);
    stores.set(folder, store);
    try {
      const plans = standing(store.reports.read()).filter(({ schedule }) => schedule !== null);
      told = '';
      return plans;
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      if (error.message !== told) say(`${error.message}\nNo report is sent until this is mended.`);
      told = error.message;
      return [];
    }
  };
  const asked = <T>(workspace: Workspace, ask: (plans: readonly ReportPlan[]) => T, none: T): T => {
    const plans = plansOf(workspace);
    return plans.length === 0 ? none : ask(plans);
  };
  return {
    due: (workspace, now) =>
      asked(
        workspace,
        (plans) => reportsDue(plans, readDeliveryLines(ledgerFolder(workspace)), now).map(({ plan }) => plan.name),
        [],
      ),
    next: (workspace, now) =>
      asked(
        workspace,
        (plans) => {
          const lines = readDeliveryLines(ledgerFolder(workspace));
          const moments = plans.flatMap((plan) => nextReport(plan, lines, now)?.getTime() ?? []);
          return moments.length === 0 ? null : new Date(Math.min(...moments));
        },
        null,
      ),
  };
};
