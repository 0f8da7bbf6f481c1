import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../../warehouse/error.ts';
import { identifier } from '../../../warehouse/quote.ts';
import { readRows } from '../../../warehouse/rows.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { shownKeyColumns, caseKey } from '../case-rows.ts';
import type { Difference } from '../difference.ts';
import { readProfile, profileNames, type NaaccrProfile } from '../profile.ts';
import { readDigests, type RowDigest, type RowKey } from '../row-digest.ts';
import { readSubmissions, type Submission } from '../submission-ledger.ts';
import { byPatient, changesSince, lastSent } from './last-sent.ts';

/** What a package of record type M is about. */
export interface ModifiedCases {
  /** SQL of the abstracts with `_left_out`, as `judgedCases`: those alone are sent that were sent before and modified since. */
  readonly judged: string;
  /** Against what was last sent of each: nothing is new, and what the release no longer has is gone. */
  readonly difference: Difference;
}

export interface ModifiedRequest {
  readonly workspace: Pick<Workspace, 'config'>;
  readonly connection: DuckDBConnection;
  readonly profile: NaaccrProfile;
  /** SQL of `judgedCases`. */
  readonly judged: string;
  /** What would be sent of them now, in order. */
  readonly now: AsyncIterable<RowDigest>;
  /** Where packages are remembered. */
  readonly folder: string;
  /** Of the key that `now` was digested under. */
  readonly keyId: string;
}

/** Columns of a row's key in its order. */
const keyColumns = [shownKeyColumns[0], ...caseKey];

/**
 * The cases that were modified since they were last sent: by the profile of type A, or by one of type M that modifies it.
 *
 * @throws UserError when that profile is none of type A, sends other items, or has no package under the same key yet
 */
export const modifiedCases = async (request: ModifiedRequest): Promise<ModifiedCases> => {
  const { connection, judged, now, folder } = request;
  const packages = packagesBefore(request);
  const sent = packages.map(({ id }) => readDigests(join(folder, `${id}.digest.gz`)));
  await connection.run(
    `create or replace temp table tumor_change (${keyColumns.map((name) => `${identifier(name)} varchar`).join(', ')}, what varchar)`,
  );
  const modified: RowKey[] = [];
  const appender = await connection.createAppender('tumor_change', 'main', 'temp');
  for await (const { what, row } of changesSince(lastSent(sent), byPatient(now))) {
    if (what === 'unmodified') continue;
    if (what === 'modified') modified.push(row.key);
    for (const part of row.key) appender.appendVarchar(part);
    appender.appendVarchar(what);
    appender.endRow();
  }
  appender.closeSync();
  const difference = { before: packages.at(-1)!.id, added: [], modified, gone: await goneOf(connection) };
  return { judged: judgedModified(judged), difference };
};

/** Packages that tell what was last sent of a case, oldest first. */
const packagesBefore = ({ workspace, profile, folder, keyId }: ModifiedRequest): readonly Submission[] => {
  const { id, modifies } = profile;
  if (modifies === null)
    throw new UserError(`Profile ${id}: \`modifies\` is missing.`, {
      mend: 'Record type M sends cases again: name the profile of type A that sent them.',
    });
  refuseUnlike(profile, readProfile(workspace, modifies));
  const alike = profileNames(workspace).filter((name) => {
    const one = readProfile(workspace, name);
    return name === modifies || (one.format !== 'csv' && one.modifies === modifies);
  });
  const packages = readSubmissions(folder).filter(
    (one) => alike.includes(one.profile) && one.digestKey !== null && existsSync(join(folder, `${one.id}.digest.gz`)),
  );
  if (packages.length === 0)
    throw new UserError(`Profile ${id}: nothing was sent by profile ${modifies} yet.`, {
      mend: 'Record type M sends cases again; send them once by record type A.',
      exitCode: 3,
    });
  refuseOtherKey(packages, keyId);
  return packages;
};

/** What was sent can be held against what would be only where both are made of the same items. */
const refuseUnlike = (profile: NaaccrProfile, full: ReturnType<typeof readProfile>): void => {
  if (full.format === 'csv' || full.recordType !== 'A')
    throw new UserError(`Profile ${profile.id}: \`modifies\` names ${full.id}, which is not of record type A.`);
  const other = (['dictionary', 'userDictionaries', 'items'] as const).find(
    (part) => JSON.stringify(profile[part]) !== JSON.stringify(full[part]),
  );
  if (other !== undefined)
    throw new UserError(
      `Profile ${profile.id}: its ${other === 'userDictionaries' ? 'user_dictionaries' : other} are not those of ${full.id}, so that every case would seem modified.`,
      { mend: `Write it \`like: ${full.id}\`.` },
    );
};

/**
 * Digests under different keys say nothing to one another.
 *
 * @throws UserError when a package was digested under another key
 */
export const refuseOtherKey = (packages: readonly Pick<Submission, 'digestKey' | 'id'>[], keyId: string): void => {
  const other = packages.findLast(({ digestKey }) => digestKey !== null && digestKey !== keyId);
  if (other !== undefined)
    throw new UserError(
      `The key beside the registry database is another one than that of package ${other.id}: what was modified cannot be told.`,
      {
        mend: 'Put the former himsight-digest.key back. Where it is lost, begin anew under another name of the profile.',
      },
    );
};

const judgedModified = (judged: string): string => {
  const same = keyColumns
    .map((name) => `change.${identifier(name)} = coalesce(each.${identifier(name)}, '')`)
    .join(' and ');
  return `select each.* replace (case
      when each._left_out is not null then each._left_out
      when change.what is null then 'unmodified'
      when change.what = 'added' then 'never_sent'
    end as _left_out)
    from (${judged}) as each
    left join tumor_change as change on change.what <> 'gone' and ${same}`;
};

/** Tumors that were sent and that the release has no more, under whatever key. */
const goneOf = async (connection: DuckDBConnection): Promise<readonly RowKey[]> => {
  const columns = keyColumns.map((name) => `change.${identifier(name)}`).join(', ');
  const rows = await readRows(
    connection,
    `select [${columns}] as key from tumor_change as change
     where change.what = 'gone' and not exists (
       select 1 from core.tumor as each
       where coalesce(each.patientIdNumber, '') = change.patientIdNumber
         and coalesce(each.tumorRecordNumber, '') = change.tumorRecordNumber
     ) order by key`,
  );
  return rows.map(({ key }) => key as RowKey);
};
