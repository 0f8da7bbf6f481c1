import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ReportPlan } from '../../../dashboard/store/report-plan.ts';
import { openStore } from '../../../dashboard/store/store.ts';
import { teller } from '../../../etl/notify/tell.ts';
import { deliverReports } from '../../../etl/report/deliver-reports.ts';
import { readDeliveryLines, writeDeliveryLine } from '../../../etl/report/delivery-ledger.ts';
import type { drawPlan } from '../../../etl/report/draw-plan.ts';
import { ledgerFolder, releaseFolder, reportFolder, storeFolder } from '../../../etl/workspace/folders.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';
import { LockedError, UserError } from '../../../warehouse/error.ts';
import { withBuildLock } from '../../../warehouse/lock.ts';
import { releaseFile } from '../../../warehouse/release-folder.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';
import { mailReceiver, webhookReceiver } from '../notify/receiver.ts';

const first = '20260901T040000Z-0a1b2c3d';
const second = '20260908T040000Z-4e5f6a7b';

type Receiving = NonNullable<Parameters<typeof mailReceiver>[0]>;

/** A workspace with one report for two people, Mondays at seven in Chicago, whose pages are drawn by hand. */
const opened = async ({
  smtp = {},
  plan: change = {},
}: { smtp?: Receiving | null; plan?: Partial<ReportPlan> } = {}) => {
  const mail = await mailReceiver(smtp ?? {});
  const { url, posted } = await webhookReceiver();
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'himsight.yaml'),
    `sources: [{ id: labs, path: labs.csv, contract: encounter }]
notify:
  on: [report, recovery]
  webhook: { url: "${url}" }
${smtp === null ? '' : `  smtp: { host: 127.0.0.1, port: ${mail.port}, security: none, from: himsight@north.example, to: [it@north.example], timeout_seconds: 2 }`}
`,
  );
  const workspace = readWorkspace(folder);
  const serve = (release: string) => {
    mkdirSync(releaseFolder(workspace), { recursive: true });
    writeFileSync(releaseFile(releaseFolder(workspace), release), '');
    writeFileSync(join(releaseFolder(workspace), 'CURRENT'), release);
  };
  serve(first);
  const store = openStore(storeFolder(workspace));
  const plan = await store.reports.keep(
    {
      ...{ name: 'weekly', title: 'HIM this week', pages: ['/'], format: 'csv', schedule: '0 7 * * 1' },
      ...{
        timezone: 'America/Chicago',
        to: ['him@north.example', 'cfo@north.example'],
        author: 'R. Okafor',
        ...change,
      },
    },
    new Date('2026-09-01T08:00:00Z'),
  );
  const drawn: string[] = [];
  let draw: typeof drawPlan = async (_workspace, { name }, release) => {
    drawn.push(release);
    const bytes = new TextEncoder().encode(`Release\r\n${release}\r\n`);
    return { bytes, pages: 1, standsOn: `Release ${release} of ${name}`, privacy: 'Synthetic data.' };
  };
  const troubles: unknown[] = [];
  const clock = { now: new Date('2026-09-07T12:00:00Z') };
  const now = () => clock.now;
  const deliver = async (at: string) => {
    clock.now = new Date(at);
    const onTrouble = (error: unknown) => void troubles.push(error);
    const ends = await deliverReports(workspace, { env: {}, now, sleep: async () => {}, onTrouble, draw });
    return ends.map(({ state, says }) => [state, says]);
  };
  const tell = teller({ env: {}, now, sleep: async () => {}, warn: (says) => void troubles.push(says) });
  const told = async () => {
    const before = posted.length;
    await tell(workspace);
    return posted.slice(before).map(({ json }) => json as { subject: string; text: string });
  };
  return {
    ...{ folder, workspace, store, plan, mails: mail.mails, drop: mail.drop, drawn, troubles, serve, deliver, told },
    drawBy: (other: typeof drawPlan) => (draw = other),
    lines: () => readDeliveryLines(ledgerFolder(workspace)),
    copies: () => readdirSync(join(reportFolder(workspace), 'weekly')),
  };
};

/** What is attached to a mail, by its name. */
const attached = (mail: string): readonly (readonly [name: string, text: string])[] =>
  [...mail.matchAll(/filename=([^\r\n;]+)[^]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/g)].map(([, name = '', text = '']) => [
    name,
    Buffer.from(text, 'base64').toString(),
  ]);

test('a report that is due is kept and sent to its people with what it stands on, once', async () => {
  const { deliver, mails, copies, workspace, lines, told, plan } = await opened();
  expect(await deliver('2026-09-07T11:59:00Z')).toEqual([]);
  expect(await deliver('2026-09-07T12:00:00Z')).toEqual([['done', '']]);
  expect(await deliver('2026-09-07T12:01:00Z')).toEqual([]);
  expect(mails).toHaveLength(1);
  const [mail = ''] = mails;
  expect(mail).toMatch(
    /^From: himsight@north\.example\r\nTo: him@north\.example, cfo@north\.example\r\nSubject: HIM this week\r\n/,
  );
  expect(mail).toContain(`Release ${first} of weekly.`);
  expect(mail).not.toContain('no release was published');
  const text = `Release\r\n${first}\r\n`;
  expect(attached(mail)).toEqual([['weekly-2026-09-07.csv', text]]);
  expect(copies()).toEqual([`${first}-2026-09-07.csv`]);
  const copy = join(reportFolder(workspace), 'weekly', `${first}-2026-09-07.csv`);
  expect(readFileSync(copy, 'utf8')).toBe(text);
  if (process.platform !== 'win32') expect(statSync(copy).mode & 0o777).toBe(0o600);
  expect(lines().map(({ state }) => state)).toEqual(['begun', 'sending', 'done']);
  expect(lines().at(-1)).toMatchObject({
    ...{ plan: plan.id, name: 'weekly', due: '2026-09-07T12:00:00.000Z', release: first, to: 2 },
    file: `${first}-2026-09-07.csv`,
  });
  expect(JSON.stringify(lines())).not.toContain('north.example');
  expect(await told()).toEqual([]);
});

test('the next week it goes of the release served then; of the same one it says that nothing is new', async () => {
  const { deliver, mails, drawn, serve, copies } = await opened();
  await deliver('2026-09-07T12:00:00Z');
  await deliver('2026-09-14T12:00:00Z');
  serve(second);
  await deliver('2026-09-21T12:00:00Z');
  expect(drawn).toEqual([first, first, second]);
  expect(mails.map((mail) => /those of the report of (\S+):/.exec(mail.replaceAll('=\r\n', ''))?.[1] ?? null)).toEqual([
    ...[null, '2026-09-07', null],
  ]);
  expect(copies()).toEqual([`${first}-2026-09-07.csv`, `${first}-2026-09-14.csv`, `${second}-2026-09-21.csv`]);
});

test('after three weeks off one report goes, and one that goes to nobody is only kept', async () => {
  const { deliver, mails, lines, copies } = await opened({ plan: { to: [] } });
  expect(await deliver('2026-09-30T12:00:00Z')).toEqual([['done', '']]);
  expect(await deliver('2026-09-30T12:05:00Z')).toEqual([]);
  expect(lines().map(({ state, due }) => [state, due])).toEqual([
    ['begun', '2026-09-28T12:00:00.000Z'],
    ['done', '2026-09-28T12:00:00.000Z'],
  ]);
  expect(copies()).toEqual([`${first}-2026-09-28.csv`]);
  expect(mails).toEqual([]);
});

test('what cannot be drawn leaves no file, sends no mail, is told once with its reason, and is over with the next that goes', async () => {
  const { deliver, drawBy, mails, workspace, told, troubles } = await opened();
  const draw = async () => {
    throw new UserError('Page 1 of the report cannot be drawn. It has no value.', { mend: 'Wait.' });
  };
  drawBy(draw);
  expect(await deliver('2026-09-07T12:00:00Z')).toEqual([
    ['failed', 'Page 1 of the report cannot be drawn. It has no value. Wait.'],
  ]);
  // The same release would say the same.
  expect(await deliver('2026-09-07T13:00:00Z')).toEqual([]);
  expect(readdirSync(reportFolder(workspace))).toEqual(['build.lock']);
  expect(mails).toEqual([]);
  const [news] = await told();
  expect(news?.subject).toMatch(/: report “weekly” fails$/);
  expect(news?.text).toContain(
    'It was due 2026-09-07 12:00 UTC. Page 1 of the report cannot be drawn. It has no value.',
  );
  expect(await told()).toEqual([]);
  drawBy(async () => ({ bytes: new Uint8Array([65]), pages: 1, standsOn: '', privacy: '' }));
  expect(await deliver('2026-09-14T12:00:00Z')).toEqual([['done', '']]);
  expect((await told())[0]?.subject).toMatch(/: report “weekly” no longer fails$/);
  expect(troubles).toEqual([]);
});

test('a mail server that is away is tried again until it takes it, and told of only when that lasts', async () => {
  let isAway = true;
  const { deliver, mails, told, lines } = await opened({
    smtp: { onMailFrom: (_address, _session, done) => done(isAway ? refusal(451) : null) },
  });
  for (const at of ['12:00', '12:05', '12:15']) {
    expect(await told()).toEqual([]);
    expect(await deliver(`2026-09-07T${at}:00Z`)).toEqual([
      ['failed', 'It was drawn and kept, but the mail server did not take it (EENVELOPE, status 451).'],
    ]);
  }
  const [news] = await told();
  expect(news?.text).toContain(`The copy of it is report/weekly/${first}-2026-09-07.csv in the data folder.`);
  isAway = false;
  expect(await deliver('2026-09-07T12:34:00Z')).toEqual([]);
  expect(await deliver('2026-09-07T12:35:00Z')).toEqual([['done', '']]);
  expect(mails).toHaveLength(1);
  expect((await told())[0]?.subject).toContain('no longer fails');
  expect(lines().filter(({ state }) => state === 'begun')).toHaveLength(4);
});

const refusal = (responseCode: number): Error => Object.assign(new Error('him@north.example'), { responseCode });

test('an address that is refused is told, and those who got it do not get it twice', async () => {
  const { deliver, mails, told, lines } = await opened({
    smtp: { onRcptTo: ({ address }, _session, done) => done(address.startsWith('cfo') ? refusal(550) : null) },
  });
  expect(await deliver('2026-09-07T12:00:00Z')).toEqual([['done', '1 of 2 addresses were refused.']]);
  expect(await deliver('2026-09-07T14:00:00Z')).toEqual([]);
  expect(mails).toHaveLength(1);
  const [news] = await told();
  expect(news?.text).toContain('1 of 2 addresses were refused.');
  expect(JSON.stringify([news, lines()])).not.toContain('north.example');
});

test('a mail that may have gone out is not sent again; the reason and the copy are told', async () => {
  const { deliver, mails, told, drop } = await opened({
    smtp: {
      onData: (stream) => {
        stream.resume();
        stream.on('end', () => drop());
      },
    },
  });
  const [[state, says] = []] = await deliver('2026-09-07T12:00:00Z');
  expect([state, says]).toEqual(['unclear', expect.stringContaining('it is not sent again')]);
  expect(await deliver('2026-09-07T15:00:00Z')).toEqual([]);
  expect(mails).toEqual([]);
  expect((await told())[0]?.text).toContain('Ask whether it came; else send the copy by hand.');
});

test('killed while its mail was on the way it is not sent again; killed before, it is', async () => {
  const { deliver, mails, lines, workspace, told } = await opened();
  await deliver('2026-09-07T12:00:00Z');
  const [begun, sending] = lines();
  rmSync(join(ledgerFolder(workspace), 'report.ndjson'));
  for (const line of [begun!, sending!]) writeDeliveryLine(ledgerFolder(workspace), line);
  expect(await deliver('2026-09-07T13:00:00Z')).toEqual([]);
  expect(mails).toHaveLength(1);
  expect((await told())[0]?.text).toContain('nobody knows whether it went out');
  rmSync(join(ledgerFolder(workspace), 'report.ndjson'));
  writeDeliveryLine(ledgerFolder(workspace), begun!);
  expect(await deliver('2026-09-07T13:00:00Z')).toEqual([['done', '']]);
  // One of the three is the news.
  expect(mails.filter((mail) => mail.includes('Subject: HIM this week'))).toHaveLength(2);
});

test('where himsight.yaml names no mail server the report is kept, and that is told', async () => {
  const { deliver, copies, told } = await opened({ smtp: null });
  expect(await deliver('2026-09-07T12:00:00Z')).toEqual([['failed', expect.stringContaining('`notify.smtp`')]]);
  expect(copies()).toEqual([`${first}-2026-09-07.csv`]);
  expect(await told()).toHaveLength(1);
});

test('a fault of ours is tried again and does not keep the others from going', async () => {
  const { deliver, drawBy, store, mails, troubles } = await opened();
  await store.reports.keep(
    {
      ...{ name: 'other', title: 'Other', pages: ['/'], format: 'html', schedule: '0 7 * * 1', to: ['a@b.example'] },
      ...{ timezone: 'America/Chicago', author: 'A. Li' },
    },
    new Date('2026-09-01T08:00:00Z'),
  );
  drawBy(async (_workspace, { name }) => {
    if (name === 'weekly') throw new Error('a table prints 3 rows of the 4 that were answered');
    return { bytes: new Uint8Array([65]), pages: 1, standsOn: '', privacy: '' };
  });
  expect(await deliver('2026-09-07T12:00:00Z')).toEqual([
    ['failed', 'Our fault: a table prints 3 rows of the 4 that were answered.'],
    ['done', ''],
  ]);
  expect(mails).toHaveLength(1);
  expect(await deliver('2026-09-07T12:05:00Z')).toEqual([['failed', expect.stringContaining('Our fault')]]);
  expect(troubles).toHaveLength(2);
});

test('a plan that was taken back, or that goes only when asked, goes no more; two deliverers do not overlap', async () => {
  const { deliver, store, plan, workspace, mails } = await opened();
  await withBuildLock(reportFolder(workspace), () =>
    expect(deliver('2026-09-07T12:00:00Z')).rejects.toBeInstanceOf(LockedError),
  );
  await store.reports.retire(plan.id, 'A. Li');
  expect(await deliver('2026-09-07T12:00:00Z')).toEqual([]);
  expect(mails).toEqual([]);
});
