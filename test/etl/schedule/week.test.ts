import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readTold } from '../../../etl/notify/told.ts';
import { readEvents, readRuns, runIds } from '../../../etl/ledger/read-ledger.ts';
import { sourceStatuses } from '../../../etl/schedule/source-status.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';
import { mailReceiver, webhookReceiver } from '../notify/receiver.ts';
import { Week, clockText } from './week.ts';

// Ten real runs, each building a release.
vi.setConfig({ testTimeout: 900_000 });

/** New York keeps summer time (UTC-4) until Sunday, 1 November, two o'clock; then it is one o'clock again (UTC-5). */
const summer = (day: string, time: string): string => `2026-${day}T${time}:00-04:00`;
const winter = (day: string, time: string): string => `2026-${day}T${time}:00-05:00`;

test('a week of nights with nobody watching', async () => {
  const webhook = await webhookReceiver(200);
  const mail = await mailReceiver();
  const week = new Week(join(temporaryFolder(), 'north'), summer('10-26', '20:00'), {
    webhook: webhook.url,
    smtpPort: mail.port,
  });
  week.visits('2026-10-26');
  week.codes(1);
  const arrive = (at: string, day: string): void => week.plan(at, `visits of ${day} arrive`, () => week.visits(day));

  arrive(summer('10-27', '01:00'), '2026-10-27');
  arrive(summer('10-28', '01:00'), '2026-10-28');
  week.plan(summer('10-28', '01:10'), 'codes come with a column nobody declared', () => week.codes(2, ',ssn'));
  arrive(summer('10-29', '01:00'), '2026-10-29');
  week.plan(summer('10-29', '10:00'), 'codes come again without it', () => week.codes(2));
  week.plan(summer('10-30', '01:29'), 'half of the visits of 2026-10-30 is written', () =>
    week.visits('2026-10-30', 'v2026-10-30b,p2,north,inpatient,2026-10-30 00:10:00,,50,"fem'),
  );
  week.plan(summer('10-30', '01:33'), 'the other half is written', () => week.visits('2026-10-30'));
  week.plan(summer('10-31', '22:00'), 'the webhook hangs from now on', () => webhook.answer(0));
  week.plan(winter('11-01', '05:00'), 'the webhook answers again', () => webhook.answer(200));
  await week.follow(winter('11-01', '15:00'));

  arrive(winter('11-02', '01:00'), '2026-11-02');
  // Nobody follows the schedule that night.
  while (week.now < new Date(winter('11-02', '11:00'))) week.pass(new Date(winter('11-02', '11:00')));
  arrive(winter('11-03', '01:00'), '2026-11-03');
  week.plan(winter('11-03', '02:10'), 'the clock is set back by an hour', () => {
    week.now = new Date(winter('11-03', '01:10'));
  });
  await week.follow(winter('11-03', '08:00'));

  const workspace = readWorkspace(week.folder);
  const ledger = join(workspace.dataFolder, 'ledger');
  const runs = (await readRuns(ledger)).toReversed();

  // One run a night, at half past one by New York's clocks; the first evening because nobody had ever looked, Friday's second
  // try five minutes later, Monday's when the process is back at eleven.
  expect(runs.map(({ startedAt, outcome }) => `${clockText(startedAt)} ${outcome}`)).toEqual([
    'Mon 26 Oct 20:00 EDT done',
    'Tue 27 Oct 01:30 EDT done',
    'Wed 28 Oct 01:30 EDT held',
    'Thu 29 Oct 01:30 EDT held',
    'Fri 30 Oct 01:30 EDT held',
    'Fri 30 Oct 01:35 EDT done',
    'Sat 31 Oct 01:30 EDT no-op',
    'Sun 01 Nov 01:30 EDT no-op',
    'Mon 02 Nov 11:00 EST done',
    'Tue 03 Nov 01:30 EST done',
  ]);
  // No scheduled time has two runs but the one whose fault could pass, and there for its source alone.
  const turns = runIds(ledger).flatMap((id) => readEvents(ledger, id)[0]?.run.facets.himsight?.turns ?? []);
  const times = turns.map(({ source, due }) => `${source} ${clockText(due ?? '')}`);
  expect(times.filter((one, i) => times.indexOf(one) !== i)).toEqual(['visits Fri 30 Oct 01:30 EDT']);
  expect(turns.every(({ due }) => due !== null)).toBe(true);

  // Each trouble told once on each channel when it began and once when it was over; nothing of Friday's fault that passed.
  const told = readTold(ledger);
  const delivered = (channel: string) =>
    told
      .filter((one) => one.channel === channel && one.outcome === 'delivered')
      .map((one) => `${one.state} ${one.trouble}`);
  const all = ['begins held:codes', 'ends held:codes', 'begins late:visits', 'ends late:visits'];
  expect(delivered('smtp')).toEqual(all);
  expect(delivered('webhook')).toEqual(all);
  expect(mail.mails).toHaveLength(4);
  const hung = told.filter(({ outcome }) => outcome === 'failed');
  expect(hung.map(({ channel, tries, why }) => `${channel} ${tries} ${why}`)).toEqual(
    hung.map(() => 'webhook 3 it did not answer within 0.2 s'),
  );
  // Late from midnight on: tried at once, after an hour, and after two more; the fourth time, four hours later, it answers.
  expect(hung).toHaveLength(3);

  expect(
    sourceStatuses(workspace, week.now).map(({ source, completeThrough, isLate }) => [source, completeThrough, isLate]),
  ).toEqual([
    ['visits', '2026-11-02', false],
    ['codes', null, false],
  ]);

  await expect(week.page()).toMatchFileSnapshot('week.md');
});
