import { existsSync } from 'node:fs';
import { readAsserts, type Assert } from './assert.ts';
import type { CheckOverrides, CheckScan } from './check/check.ts';
import { readChecks } from './check/read-checks.ts';
import { withOverrides } from './check/settings.ts';
import { UserError } from './error.ts';
import { readFunctions } from './model/function.ts';
import { readModels, type Model, type SqlFile } from './model/model.ts';
import { readReferences, type Reference } from './reference.ts';

/** All that several `sql` folders say about how a warehouse is built; metrics are read elsewhere. */
export interface Project {
  readonly models: readonly Model[];
  readonly functions: readonly SqlFile[];
  readonly references: readonly Reference[];
  readonly asserts: readonly Assert[];
  /** Checks on rows, under the thresholds of the workspace. */
  readonly checks: readonly CheckScan[];
}

/**
 * Reads the shipped `sql` folder and the user's extra ones as one project.
 *
 * @param overrides what the workspace sets anew of checks, by id
 * @throws UserError for a folder that is missing, a header that is wrong, or two files for one relation
 */
export const readProject = (folders: readonly string[], overrides: CheckOverrides = {}): Project => {
  for (const folder of folders)
    if (!existsSync(folder))
      throw new UserError(`The folder ${folder} does not exist.`, { mend: 'Look at `sql:` in himsight.yaml.' });
  return {
    models: readModels(folders),
    functions: readFunctions(folders),
    references: readReferences(folders),
    asserts: readAsserts(folders),
    checks: withOverrides(readChecks(folders), overrides),
  };
};
