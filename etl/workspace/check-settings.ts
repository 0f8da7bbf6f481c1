import type { CheckOverrides, CheckScan, CheckSettings } from '../../warehouse/check/check.ts';
import { readChecks } from '../../warehouse/check/read-checks.ts';
import { settingsOf, withOverrides } from '../../warehouse/check/settings.ts';
import { UserError } from '../../warehouse/error.ts';
import { nearest } from '../../warehouse/metric/nearest.ts';
import { placeOf, type YamlText } from './checked-yaml.ts';
import { sqlFolders } from './folders.ts';
import type { Workspace } from './workspace.ts';

/**
 * Makes sure that every check a workspace sets anew is one there is.
 *
 * @throws UserError naming line and key of every one that is not, with near ones
 */
export const refuseUnknownChecks = (overrides: CheckOverrides, scans: readonly CheckScan[], file: YamlText): void => {
  const known = scans.flatMap(({ checks }) => checks.map(({ id }) => id));
  const faults = Object.keys(overrides)
    .filter((id) => !known.includes(id))
    .map(
      (id) =>
        `${placeOf(file, ['checks', id])}: no file of sql/check has a check of this id. ${nearest(id, known)} ` +
        'Asserts say their severity themselves, and what the gate refuses is set by `hold` of the source.',
    );
  if (faults.length > 0) throw new UserError(faults.join('\n'));
};

/** Thresholds and severities as the files say now: those of sql/check, and what himsight.yaml sets anew. */
export const checkSettings = (workspace: Pick<Workspace, 'folder' | 'config'>): CheckSettings =>
  settingsOf(withOverrides(readChecks(sqlFolders(workspace)), workspace.config.checks));
