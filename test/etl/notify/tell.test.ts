import { appendFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FailingCheck } from '../../../etl/ledger/failing-check.ts';
import { teller } from '../../../etl/notify/tell.ts';
import { readTold, writeTold } from '../../../etl/notify/told.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';
import { withBuildLock } from '../../../warehouse/lock.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';
import { ledgerOf, type WrittenRun } from '../schedule/ledger-of.ts';
import { webhookReceiver } from './receiver.ts';

/** A workspace of two scheduled sources whose troubles go to a webhook on this machine. */
const toldTo = async (keys = '', ...statuses: readonly number[]) => {
  const { url, posted } = await webhookReceiver(...statuses);
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'himsight.yaml'),
    `sources:
  - { id: labs, path: labs.csv, contract: encounter, schedule: '0 2 * * *', timezone: America/New_York }
  - { id: visits, path: visits.csv, contract: encounter, schedule: '0 2 * * *', timezone: America/New_York }
notify:
  webhook: { url: "${url}", timeout_seconds: 1 }
  ${keys}
`,
  );
  const workspace = readWorkspace(folder);
  const ledger = join(workspace.dataFolder, 'ledger');
  const warned: string[] = [];
  const clock = { now: new Date('2026-09-01T06:10:00Z') };
  const tell = teller({ env: {}, now: () => clock.now, sleep: async () => {}, warn: (says) => void warned.push(says) });
  return {
    ...{ folder, workspace, ledger, warned, posted },
    after: (run: WrittenRun) => ledgerOf([run], ledger),
    tell: async (now: string, failure?: string, read = workspace) => {
      clock.now = new Date(now);
      const before = posted.length;
      await tell(read, failure);
      return posted.slice(before).map(({ json }) => json as { subject: string; text: string; news: object[] });
    },
  };
};

const night = (day: number, more: Partial<WrittenRun> = {}): WrittenRun => ({
  at: `2026-09-0${day}T06:00:00Z`,
  minutes: 2,
  turns: ['labs', 'visits'].map((source) => ({ source, due: `2026-09-0${day}T06:00:00.000Z` })),
  batches: [
    { source: 'labs', status: 'unchanged' },
    { source: 'visits', status: 'unchanged' },
  ],
  ...more,
});
const heldNight = (day: number, more: object = {}): WrittenRun =>
  night(day, {
    batches: [
      { source: 'labs', status: 'held', message: 'labs.csv line 7 is held by rule x: it is wrong. Mend it.', ...more },
      { source: 'visits', status: 'landed' },
    ],
    end: { exitCode: 3, message: '1 of 2 batches held.' },
  });

test('a held source is told once, in sentences for the morning and in stable fields, and its mend too', async () => {
  const { after, tell, folder } = await toldTo();
  after(heldNight(1));
  const [first, more] = await tell('2026-09-01T06:10:00Z');
  expect(more).toBeUndefined();
  expect(first?.subject).toMatch(/: labs is held$/);
  expect(first?.text.split('\n').slice(0, 4)).toEqual([
    'labs is held, since Tuesday, 1 September 2026 at 02:00 (America/New_York).',
    'labs.csv line 7 is held by rule x: it is wrong. Mend it.',
    'Nothing of this source is in the release.',
    `More: npx himsight quarantine --source labs --workspace ${folder}`,
  ]);
  expect(Object.keys(first ?? {})).toEqual([
    'version',
    'product',
    'workspace',
    'host',
    'at',
    'subject',
    'text',
    'news',
  ]);
  expect(first?.news).toEqual([
    {
      ...{ id: 'held:labs', kind: 'held', state: 'begins', source: 'labs', since: '2026-09-01T06:00:00.000Z' },
      ...{
        says: 'labs.csv line 7 is held by rule x: it is wrong. Mend it.',
        mend: 'Nothing of this source is in the release.',
      },
      ...{ command: 'quarantine --source labs', run: expect.stringMatching(/^20260901T060000Z-/) },
    },
  ]);
  after(heldNight(2));
  expect(await tell('2026-09-02T06:10:00Z')).toEqual([]);
  after(night(3));
  const [mended] = await tell('2026-09-03T06:10:00Z');
  expect(mended?.subject).toMatch(/: labs lands again$/);
  expect(mended?.text).toContain('labs lands again. It was told of on Tuesday, 1 September 2026');
  expect(await tell('2026-09-03T07:10:00Z')).toEqual([]);
});

test('a fault that passes is told only when every try was made', async () => {
  const { after, tell } = await toldTo();
  const away = heldNight(1, { status: 'refused', isTransient: true, message: 'The share does not answer.' });
  for (const [i, minute] of ['00', '07', '19', '41'].entries()) {
    after({ ...away, at: `2026-09-01T06:${minute}:00Z` });
    expect(await tell(`2026-09-01T06:${minute}:59Z`)).toHaveLength(i < 3 ? 0 : 1);
  }
});

test('a failed run and a release kept back are one trouble each for the whole workspace, and end by themselves', async () => {
  const { after, tell } = await toldTo();
  after(night(1, { type: 'FAIL', batches: [], end: { exitCode: 1, message: 'Our fault: something broke.' } }));
  const [failed] = await tell('2026-09-01T06:10:00Z');
  expect(failed?.subject).toMatch(/: a run failed$/);
  expect(failed?.text).toContain('Our fault: something broke.');
  after(night(2, { end: { exitCode: 4, message: 'The release was kept back: fatal assert broken: x (3 rows).' } }));
  const [keptBack] = await tell('2026-09-02T06:10:00Z');
  expect(keptBack?.subject).toMatch(/: 2 things: a check keeps the release back; runs get to their end again$/);
  after(night(3, { type: 'FAIL', batches: [], end: { exitCode: 1, message: 'Our fault.' } }));
  expect((await tell('2026-09-03T06:10:00Z'))[0]?.subject).toMatch(/: a run failed$/);
  after(night(4));
  expect((await tell('2026-09-04T06:10:00Z'))[0]?.subject).toMatch(
    /: 2 things: runs get to their end again; the release is published again$/,
  );
});

const failing = (id: string, violated = 3): FailingCheck => ({
  ...{ id, says: 'No loan is long.', examined: 100, violated, threshold: 1 },
});
const published = (day: number, ...checks: readonly FailingCheck[]): WrittenRun =>
  night(day, { end: { exitCode: 0, message: 'Release r is published.', failing: checks } });

test('a check that fails in a published release is told once, again after the days asked for, and when it passes', async () => {
  const { after, tell, folder } = await toldTo('remind_days: 4');
  after(published(1));
  expect(await tell('2026-09-01T06:10:00Z')).toEqual([]);
  after(published(2, failing('loan_is_short')));
  const [begun] = await tell('2026-09-02T06:10:00Z');
  expect(begun?.subject).toMatch(/: check loan_is_short fails$/);
  expect(begun?.text.split('\n').slice(0, 4)).toEqual([
    'Check loan_is_short fails, since Wednesday, 2 September 2026 at 02:00 (America/New_York).',
    'No loan is long. 3 of 100 rows break it; up to 1 % may.',
    'The release is published, and its figures that rest on this are in doubt. Mend the rows where they come from.',
    `More: npx himsight checks --id loan_is_short --workspace ${folder}`,
  ]);
  expect(begun?.news).toMatchObject([{ id: 'check:loan_is_short', kind: 'check', state: 'begins', source: null }]);
  // Another one on top is news, the first is not; nor is a run that publishes nothing a recovery.
  after(published(3, failing('loan_is_short', 4), failing('loan_is_dated')));
  expect((await tell('2026-09-03T06:10:00Z'))[0]?.subject).toMatch(/: check loan_is_dated fails$/);
  after(night(4));
  expect(await tell('2026-09-04T06:10:00Z')).toEqual([]);
  expect((await tell('2026-09-06T06:10:00Z'))[0]?.subject).toMatch(/: check loan_is_short fails still$/);
  after(published(7, failing('loan_is_dated')));
  const [passed] = await tell('2026-09-06T07:00:00Z');
  expect(passed?.subject).toMatch(/: check loan_is_short no longer fails$/);
});

test('a check fails by the threshold of this moment, and not where this workspace does not ask it or only describes by it', async () => {
  const subjects = async (keys: string, on = '[check]') => {
    const { after, tell, folder } = await toldTo(`on: ${on}`);
    appendFileSync(join(folder, 'himsight.yaml'), keys);
    after(published(1, failing('orphan_audit')));
    return (await tell('2026-09-01T06:10:00Z', undefined, readWorkspace(folder))).length;
  };
  expect(await subjects('')).toBe(1);
  expect(await subjects('checks: { orphan_audit: { threshold: 2.9 } }')).toBe(1);
  expect(await subjects('checks: { orphan_audit: { threshold: 3 } }')).toBe(0);
  expect(await subjects('checks: { orphan_audit: { severity: characterisation } }')).toBe(0);
  expect(await subjects(`checks: { orphan_audit: { off: 'They are mended later' } }`)).toBe(0);
  expect(await subjects('', '[held, recovery]')).toBe(0);
});

test.each([
  [3, /: 3 things: check c0 fails; check c1 fails; check c2 fails$/],
  [4, /: 4 checks fail$/],
])('%i checks that begin to fail together are one message, and each has its paragraph', async (count, subject) => {
  const { after, tell } = await toldTo();
  after(published(1, ...Array.from({ length: count }, (_, at) => failing(`c${at}`))));
  const [first, more] = await tell('2026-09-01T06:10:00Z');
  expect(more).toBeUndefined();
  expect(first?.subject).toMatch(subject);
  expect(first?.text.match(/^Check c\d fails, since/gm)).toHaveLength(count);
});

test('a run somebody stopped is no trouble; a scheduled one that was killed each time is', async () => {
  const { after, tell } = await toldTo();
  after({ ...night(1), turns: [{ source: 'labs', due: null }], batches: [], type: 'ABORT' });
  expect(await tell('2026-09-01T06:10:00Z')).toEqual([]);
  for (const minute of ['00', '05', '15', '35']) {
    const { minutes: _minutes, ...killed } = night(2, { batches: [] });
    after({ ...killed, at: `2026-09-02T06:${minute}:00Z` });
  }
  after({ ...night(2), at: '2026-09-02T07:00:00Z', turns: [{ source: 'none', due: null }], batches: [] });
  const [told] = await tell('2026-09-02T07:10:00Z');
  expect(told?.text).toMatch(/did not get to its end; .* It was killed, or the machine went off\./);
});

test('a webhook in trouble costs the run nothing: it is written down, warned of, and tried again an hour later', async () => {
  const { after, tell, ledger, warned } = await toldTo('', 503, 503, 503, 200);
  after(heldNight(1));
  expect(await tell('2026-09-01T06:10:00Z')).toHaveLength(3);
  expect(readTold(ledger)).toMatchObject([
    {
      trouble: 'held:labs',
      state: 'begins',
      channel: 'webhook',
      outcome: 'failed',
      tries: 3,
      why: 'it answered with status 503',
    },
  ]);
  expect(warned).toEqual(['A message could not be sent by webhook: it answered with status 503.']);
  expect(await tell('2026-09-01T07:09:59Z')).toEqual([]);
  expect(await tell('2026-09-01T07:10:00Z')).toHaveLength(1);
  expect(readTold(ledger).map(({ outcome }) => outcome)).toEqual(['failed', 'delivered']);
});

test('two who tell at once tell once', async () => {
  const { after, tell, workspace, posted } = await toldTo();
  after(heldNight(1));
  await withBuildLock(join(workspace.dataFolder, 'notify'), async () => {
    expect(await tell('2026-09-01T06:10:00Z')).toEqual([]);
  });
  await Promise.all([tell('2026-09-01T06:10:00Z'), tell('2026-09-01T06:10:00Z')]);
  expect(posted).toHaveLength(1);
  expect(await tell('2026-09-01T06:11:00Z')).toEqual([]);
});

test('a failure that the ledger could not take is told once, and over with the next good run', async () => {
  const { after, tell } = await toldTo();
  after(night(1));
  expect((await tell('2026-09-02T06:10:00Z', 'A run could not begin (exit code 1).'))[0]?.text).toContain(
    'could not begin',
  );
  expect(await tell('2026-09-02T06:12:00Z', 'A run could not begin (exit code 1).')).toEqual([]);
  after(night(3));
  expect((await tell('2026-09-03T06:10:00Z'))[0]?.subject).toMatch(/runs get to their end again$/);
});

test('a ledger that cannot be written is no reason to tell twice', async () => {
  const { after, tell, ledger, folder, warned } = await toldTo();
  after(heldNight(1));
  symlinkSync(join(folder, 'no/where'), join(ledger, 'notification.ndjson'));
  expect(await tell('2026-09-01T06:10:00Z')).toHaveLength(1);
  expect(await tell('2026-09-01T06:11:00Z')).toEqual([]);
  expect(warned).toEqual([expect.stringContaining('What was told could not be written down: ENOENT')]);
});

test('a line that a crash tore off is left out, and the next one is whole', async () => {
  const { after, tell, ledger } = await toldTo();
  mkdirSync(ledger, { recursive: true });
  appendFileSync(join(ledger, 'notification.ndjson'), '{"at":"2026-09-01');
  after(heldNight(1));
  expect(await tell('2026-09-01T06:10:00Z')).toHaveLength(1);
  expect(readTold(ledger)).toHaveLength(1);
  writeTold(ledger, readTold(ledger));
  expect(readFileSync(join(ledger, 'notification.ndjson'), 'utf8').split('\n')).toHaveLength(4);
});
