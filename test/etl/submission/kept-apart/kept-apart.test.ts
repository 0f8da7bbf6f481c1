import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openReader } from '../../../../warehouse/open.ts';
import { currentRelease, releaseFile } from '../../../../warehouse/release-folder.ts';
import { previewSubmission } from '../../../../etl/submission/preview.ts';
import { releaseFolder } from '../../../../etl/workspace/folders.ts';
import { readWorkspace } from '../../../../etl/workspace/workspace.ts';
import { leaksIn } from './leaks-in.ts';
import { fewRows, keptApartWorkspace, secretsOf, xmlOf, type Row } from './small-workspace.ts';

const changed = (rows: readonly Row[], at: number, more: Row): Row[] =>
  rows.map((row, i) => (i === at ? { ...row, ...more } : row));

const sorted = (rows: readonly Row[]): readonly string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();

test.each(['duckdb', 'naaccr-xml'] as const)(
  'names and texts of a registry database (%s) stand in the file of the package and nowhere else',
  async (format) => {
    const { folder, land, keep, submit, tumorsIn } = keptApartWorkspace(format);
    const rows = fewRows();
    land(rows);
    await keep(rows);
    const before = await leaksIn(join(folder, 'data'), secretsOf(rows));
    expect(before).toEqual([]);
    const { code, out, err } = submit('state', 'package');
    expect([code, err]).toEqual([0, '']);
    expect(sorted(tumorsIn('package'))).toEqual(sorted(rows));
    expect(secretsOf(rows).filter((secret) => out.includes(secret) || err.includes(secret))).toEqual([]);
    expect(await leaksIn(join(folder, 'data'), secretsOf(rows))).toEqual([]);
    // Both sides: what looks for them finds them where they are.
    expect((await leaksIn(join(folder, 'package'), secretsOf(rows))).toSorted()).toEqual(
      secretsOf(rows)
        .map((secret) => `full.xml: ${secret}`)
        .toSorted(),
    );
    expect(statSync(join(folder, 'package')).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(join(folder, 'package')))
      expect([name, statSync(join(folder, 'package', name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(readFileSync(join(folder, 'package', 'README.txt'), 'utf8')).toMatch(/holds names/);

    const names = submit('names', 'names');
    expect(names.code).toBe(0);
    expect(sorted(tumorsIn('names'))).toEqual(sorted(rows.map(({ textRemarks: _text, ...row }) => row)));
    expect(submit('open', 'open').code).toBe(0);
    expect(await leaksIn(join(folder, 'open'), secretsOf(rows))).toEqual([]);
  },
  120_000,
);

test('type M sends what was modified since it was last sent, and nothing else', async () => {
  const { land, keep, submit, tumorsIn } = keptApartWorkspace('duckdb');
  const rows = fewRows();
  land(rows);
  await keep(rows);
  const early = submit('again', 'early');
  expect([early.code, early.err]).toEqual([3, expect.stringMatching(/nothing was sent by profile state yet/)]);
  expect(submit('state', 'first').code).toBe(0);
  const none = submit('again', 'none');
  expect([none.code, none.err]).toEqual([3, expect.stringMatching(/Nothing is to be sent[\s\S]*3 as last sent/)]);

  // A name alone, which the release does not know of: both tumors of the patient go out again.
  const married = rows.map((row) => (row.patientIdNumber === '00000001' ? { ...row, nameLast: 'Asdfgh' } : row));
  await keep(married);
  const names = submit('again', 'names');
  expect([names.code, names.err]).toEqual([0, '']);
  expect(sorted(tumorsIn('names'))).toEqual(sorted(married.slice(0, 2)));
  expect(JSON.parse(names.out)).toMatchObject({
    manifest: { rows: 2, left_out: [{ reason: 'unmodified', rows: 1 }], naaccr: { record_type: 'M' } },
    difference: { added: [], modified: [expect.anything(), expect.anything()], gone: [] },
  });
  expect(submit('again', 'twice').err).toMatch(/3 as last sent/);

  // The site was corrected, which is part of a case's key; a tumor is new, and one is gone.
  const later = [...changed(married.slice(0, 2), 1, { primarySite: 'C504' }), ...newCase()];
  land(later);
  await keep(later);
  const corrected = submit('again', 'corrected');
  expect([corrected.code, corrected.err]).toEqual([0, '']);
  expect(sorted(tumorsIn('corrected'))).toEqual(sorted([later[1]!]));
  const told = JSON.parse(corrected.out) as { difference: { gone: string[][] } };
  expect(told).toMatchObject({
    manifest: {
      rows: 1,
      left_out: [
        { reason: 'never_sent', rows: 1 },
        { reason: 'unmodified', rows: 1 },
      ],
    },
  });
  expect(told.difference.gone.map(([patient]) => patient)).toEqual(['00000002']);

  // Back to the site it was first sent with: against what was sent last, that is a modification again.
  const back = changed(later, 1, { primarySite: 'C509' });
  land(back);
  await keep(back);
  expect(submit('again', 'back').code).toBe(0);
  expect(sorted(tumorsIn('back'))).toEqual(sorted([back[1]!]));
}, 180_000);

const newCase = (): Row[] => [
  { ...fewRows()[2]!, patientIdNumber: '00000003', nameLast: 'Poiuztson', dateOfBirth: '19700506' },
];

test('an abstract that the registry database lacks, or tells as another one, keeps the package back', async () => {
  const { folder, land, keep, submit } = keptApartWorkspace('duckdb');
  const rows = fewRows();
  land(rows);
  const refused = async (kept: readonly Row[]): Promise<{ err: string; flaws: unknown }> => {
    await keep(kept);
    const { code, out, err } = submit('state', 'package');
    expect([code, existsSync(join(folder, 'package'))]).toEqual([3, false]);
    expect(secretsOf(rows).filter((secret) => out.includes(secret) || err.includes(secret))).toEqual([]);
    return { err, flaws: (JSON.parse(out) as { report: { flaws: unknown } }).report.flaws };
  };
  expect((await refused(rows.slice(1))).flaws).toEqual([
    {
      ...{
        rule: 'kept-apart-lacks',
        item: null,
        says: 'The registry database has no tumor of these numbers.',
        count: 1,
      },
      keys: [['00000001', '0000000007', '00000001', '01', '']],
    },
  ]);
  for (const [item, value] of Object.entries({ dateOfBirth: '19510102', dateOfDiagnosis: '2022', primarySite: 'C34' }))
    expect((await refused(changed(rows, 2, { [item]: value }))).err).toMatch(
      new RegExp(`kept-apart-differs ${item}: 1\\.`),
    );
  expect((await refused(changed(rows, 1, { nameLast: 'Somebody' }))).err).toMatch(/patient-level nameLast: 1\./);
  // A date told in part contradicts nothing; nor does one that is not told.
  await keep(changed(changed(rows, 2, { dateOfDiagnosis: '2023' }), 0, { primarySite: '' }));
  expect(submit('state', 'package').code).toBe(0);
}, 180_000);

test('what is wrong with a registry database is told in a sentence without a value, and no package is written', async () => {
  const { folder, file, land, keep, submit } = keptApartWorkspace('duckdb');
  const rows = fewRows();
  land(rows);
  const told = async (code: number, says: RegExp, profile = 'state'): Promise<void> => {
    const ended = submit(profile, 'package');
    expect([ended.code, ended.err]).toEqual([code, expect.stringMatching(says)]);
    expect(existsSync(join(folder, 'package'))).toBe(false);
    expect(secretsOf(rows).filter((secret) => ended.out.includes(secret) || ended.err.includes(secret))).toEqual([]);
  };
  await told(2, /full_abstracts`: there is no such file/);
  await keep(rows);
  chmodSync(file, 0o640);
  await told(2, /others than its owner have rights on the registry database.*\n.*chmod 600/);
  await keep(rows, 'alter table tumor rename column nameLast to nameLst');
  await told(2, /column `nameLst`, which is no item; did it mean `nameLast`/);
  await keep(rows, "alter table tumor alter dateOfBirth type date using date '1950-01-02'");
  await told(2, /column `dateOfBirth` that is no text/);
  await keep(rows, 'alter table tumor drop column tumorRecordNumber');
  await told(2, /has no `tumorRecordNumber`/);
  await keep(rows, `update tumor set patientIdNumber = '2' where patientIdNumber = '00000002'`);
  await told(3, /In 1 rows .* `patientIdNumber` is not filled up with zeros[\s\S]*lpad\(patientIdNumber, 8, '0'\)/);
  await keep([...rows, rows[0]!]);
  await told(3, /holds 1 tumors more than once/);
  await keep(rows, 'alter table tumor rename to tumors');
  await told(3, /registry database cannot be read/);
  await keep(rows);
  truncateSync(file, 20_000);
  await told(3, /registry database cannot be read/);
  rmSync(file);
  writeFileSync(file, xmlOf(rows).slice(0, 900), { mode: 0o600 });
  await told(3, /truncated-xml/);
  writeFileSync(file, xmlOf([...rows, { ...rows[2]! }]), { mode: 0o600 });
  await told(3, /holds 1 tumors more than once/);

  rmSync(file);
  await keep(rows);
  expect(submit('state', 'sent').code).toBe(0);
  const key = join(folder, 'apart', 'himsight-digest.key');
  expect(statSync(key).mode & 0o777).toBe(0o600);
  chmodSync(key, 0o644);
  await told(2, /rights on the key/);
  writeFileSync(key, 'x');
  chmodSync(key, 0o600);
  await told(2, /is no key/);
  rmSync(key);
  await told(2, /another one than that of package state-.*\n.*Put the former/);
  await told(2, /another one than that of package state-/, 'again');
}, 240_000);

test('what a page asks is answered without the registry database, and says what it cannot know', async () => {
  const { folder, land } = keptApartWorkspace('duckdb');
  land(fewRows());
  const workspace = readWorkspace(folder);
  const release = currentRelease(releaseFolder(workspace))!;
  const reader = await openReader(releaseFile(releaseFolder(workspace), release));
  const period = { from: '2023-01-01', to: '2024-01-01' };
  const ask = (profile: string) => previewSubmission({ workspace, reader, profile, period });
  // There is no such file: nothing looks for it.
  expect(await ask('state')).toMatchObject({
    sent: 3,
    refusal: null,
    required: [],
    note: expect.stringMatching(/apart/),
  });
  expect((await ask('again')).note).toMatch(/modified since/);
  expect((await ask('open')).note).toBeNull();
  await reader.close();
}, 60_000);

test('a profile of type M names the one of type A that it is about, made of the same items', async () => {
  const { land, keep, submit } = keptApartWorkspace(
    'duckdb',
    `    alone: { like: state, record_type: M }
    wrong: { like: again, modifies: open }
    other: { like: again, items: [patientIdNumber, tumorRecordNumber, nameLast] }
    full: { like: state, modifies: open }
`,
  );
  land(fewRows());
  await keep(fewRows());
  for (const [profile, says] of [
    ['alone', /`modifies` is missing/],
    ['wrong', /names open, which is not of record type A/],
    ['other', /its items are not those of state/],
    ['full', /`modifies` is for record type M alone/],
  ] as const) {
    const ended = submit(profile, 'package');
    expect([ended.code, ended.err]).toEqual([2, expect.stringMatching(says)]);
  }
}, 60_000);
