import { resolve } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import { openReader } from '../../warehouse/open.ts';
import { currentRelease, releaseFile } from '../../warehouse/release-folder.ts';
import { listTable } from '../print/list-table.ts';
import { printTable } from '../print/print-table.ts';
import { SubmissionRefused } from '../submission/refused.ts';
import { readProfile } from '../submission/profile.ts';
import { profilesWithPackages } from '../submission/profiles-with-packages.ts';
import { makePackage, type MadePackage } from '../submission/make-package.ts';
import { progressOn } from '../print/progress.ts';
import { packageText } from '../submission/package-text.ts';
import { limitsOf, releaseFolder } from '../workspace/folders.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';

export interface SubmitOptions {
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
}

/** `himsight submit PROFILE`: a package for a registry. Without a profile: those there are, and what was made of each. */
export const submitCommand = async (
  invocation: Invocation,
  name: string | undefined,
  options: SubmitOptions,
): Promise<ExitCode> => {
  const workspace = workspaceOf(invocation);
  if (name === undefined) return listProfiles(invocation);
  const profile = readProfile(workspace, name);
  const period = { from: dayOf('from', options.from), to: dayOf('to', options.to) };
  if (period.from >= period.to)
    throw new UserError('`--from` must come before `--to`, which is the first day no longer sent.');
  if (options.out === undefined) throw new UserError('`--out` is missing: name a new folder for the package.');
  const release = currentRelease(releaseFolder(workspace));
  if (release === null)
    throw new UserError('No release is published yet in this workspace.', { mend: 'Run `himsight run` first.' });
  const limits = { ...limitsOf(workspace), isLean: true };
  const reader = await openReader(releaseFile(releaseFolder(workspace), release), limits);
  const { progress, done } = progressOn(invocation.output);
  try {
    const out = resolve(invocation.cwd, options.out);
    const request = { workspace, reader, profile, period, out, asTyped: options.out, madeAt: new Date(), progress };
    const made = await makePackage(request);
    done();
    await print(invocation, made);
    return 0;
  } catch (error) {
    done();
    // Keys are for whoever asked for the data, never for a log.
    if (error instanceof SubmissionRefused && invocation.output.format === 'json')
      await invocation.output.data(`${JSON.stringify({ release, refused: true, report: error.report }, null, 2)}\n`);
    throw error;
  } finally {
    await reader.close();
  }
};

const dayOf = (option: 'from' | 'to', text: string | undefined): string => {
  if (text === undefined) throw new UserError(`\`--${option}\` is missing: give a date such as 2023-01-01.`);
  const day = /^\d{4}$/.test(text) ? `${text}-01-01` : /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(day))
    throw new UserError(`\`--${option} ${text}\` is no date; write it as 2023-01-01, 2023-01 or 2023.`);
  return day;
};

const listProfiles = async (invocation: Invocation): Promise<ExitCode> => {
  const workspace = workspaceOf(invocation);
  const profiles = profilesWithPackages(workspace);
  const rows = profiles.map(({ packages, ...profile }) => ({
    ...profile,
    packages: packages.length,
    last: packages[0]?.madeAt.slice(0, 10) ?? null,
  }));
  const about = { release: currentRelease(releaseFolder(workspace)) };
  const table = listTable(['profile', 'format', 'packages', 'last', 'describes'], rows);
  await printTable(invocation.output, { table, about, json: { ...about, rows: profiles } });
  return 0;
};

const print = async ({ output }: Invocation, made: MadePackage): Promise<void> => {
  const { manifest, difference, folder, report } = made;
  const about = { release: manifest.release };
  const rows = Object.entries(manifest.by_year).map(([year, count]) => ({ year, rows: count }));
  const table = listTable(['year', 'rows'], rows);
  const json = { ...about, folder, manifest, difference, report };
  await printTable(output, { table, about, json, text: packageText(made) });
};
