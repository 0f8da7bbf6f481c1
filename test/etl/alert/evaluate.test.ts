import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openStore } from '../../../dashboard/store/store.ts';
import { readAlertLines } from '../../../etl/alert/alert-ledger.ts';
import { evaluateAlerts } from '../../../etl/alert/evaluate.ts';
import { teller } from '../../../etl/notify/tell.ts';
import { run } from '../../../etl/run.ts';
import { ledgerFolder, storeFolder } from '../../../etl/workspace/folders.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';
import { encounter, smallWorkspace, writeEncounters } from '../cli/himsight.ts';
import { webhookReceiver } from '../notify/receiver.ts';

// Each run builds the shipped models, and machines are busy.
vi.setConfig({ testTimeout: 180_000 });

const discharged = (from: number, to: number, month: string): string[] =>
  Array.from({ length: to - from }, (_, i) => encounter(from + i, `2026-${month}-${10 + i} 10:00:00`));

/** A workspace whose first release holds three encounters of February, complete through February; it tells a webhook. */
const opened = async () => {
  const { url, posted } = await webhookReceiver();
  const folder = smallWorkspace([...discharged(1, 4, '02'), encounter(90, '2026-03-01 10:00:00')]);
  appendFileSync(join(folder, 'himsight.yaml'), `notify:\n  on: [alert, recovery]\n  webhook: { url: "${url}" }\n`);
  const workspace = readWorkspace(folder);
  const warned: string[] = [];
  const warn = (says: string) => void warned.push(says);
  const now = () => new Date();
  const tell = teller({ env: {}, now, sleep: async () => {}, warn });
  /** As `himsight run` goes on once its run is over. */
  const afterwards = async () => {
    const before = posted.length;
    await evaluateAlerts(workspace, { now, warn });
    await tell(workspace);
    return posted.slice(before).map(({ json }) => json as { subject: string; text: string; news: object[] });
  };
  const publish = () => run({ workspace, sources: [], from: null, to: null, full: false, progress: () => {} });
  const store = openStore(storeFolder(workspace));
  const lines = () => readAlertLines(ledgerFolder(workspace));
  return { folder, workspace, store, warned, afterwards, publish, lines };
};

const few = {
  ...{ name: 'Few encounters', metric: 'encounters', where: {}, author: 'R. Okafor' },
  grain: 'month',
  when: { kind: 'threshold', side: 'below', value: 4 },
} as const;

test('an alert is told when it begins to fire, not while it lasts, when it is over, and no value of a filter with it', async () => {
  const { folder, store, afterwards, publish, lines, warned } = await opened();
  const alert = await store.alerts.keep(few);
  const north = await store.alerts.keep({ ...few, name: 'One place', where: { facility: ['north'] } });
  expect(await afterwards()).toEqual([]);
  const { release } = await publish();
  const [told, ...more] = await afterwards();
  expect(more).toEqual([]);
  const line = { release, metric: 'encounters', grain: 'month', state: 'fires', period: '2026-02-01', value: 3 };
  const says = 'Encounters, February 2026: 3; that is below 4.';
  const both = [
    { ...line, at: lines()[0]?.at, says, alert: alert.id, name: 'Few encounters', filters: 0 },
    { ...line, at: lines()[1]?.at, says, alert: north.id, name: 'One place', filters: 1 },
  ];
  expect(lines()).toEqual(both);
  expect(told?.subject).toMatch(/: 2 things: alert “Few encounters” fires; alert “One place” fires$/);
  const [first, second] = told?.text.split('\n\n').map((paragraph) => paragraph.split('\n')) ?? [];
  expect(first?.[0]).toMatch(/^Alert “Few encounters” fires, since /);
  expect(first?.slice(1)).toEqual([
    `Encounters, February 2026: 3; that is below 4. Release ${release}.`,
    'Look at http://127.0.0.1:4180/kpi/encounters, or http://127.0.0.1:4180/alerts for all alerts.',
    `More: npx himsight metric encounters --grain month --workspace ${folder}`,
  ]);
  expect(second?.slice(2)).toEqual([
    'Look at http://127.0.0.1:4180/alerts; it is about a part of the metric, by a filter named there.',
    `More: npx himsight explain encounters --workspace ${folder}`,
  ]);
  expect(told?.news[0]).toMatchObject({
    id: `alert:${alert.id}`,
    kind: 'alert',
    about: 'Few encounters',
    source: null,
  });
  expect(told?.text).not.toContain('north');
  expect(await afterwards()).toEqual([]);

  // What is new without a run is judged at the next look; what is taken back is over.
  await store.alerts.retire(north.id, 'A. Li');
  await store.alerts.keep({ ...few, name: 'Some', when: { kind: 'threshold', side: 'above', value: 0 } });
  expect((await afterwards())[0]?.subject).toMatch(
    /: 2 things: alert “Some” fires; alert “One place” no longer fires$/,
  );
  expect(lines().map(({ name }) => name)).toEqual(['Few encounters', 'One place', 'Some']);

  writeEncounters(folder, 'b.csv', discharged(10, 14, '02'));
  await publish();
  const [over] = await afterwards();
  expect(over?.subject).toMatch(/: alert “Few encounters” no longer fires$/);
  expect(over?.text).toMatch(
    /^Alert “Few encounters” no longer fires\. It was told of on .*\. Nothing is to be done\./,
  );
  expect(lines().at(-2)).toMatchObject({
    state: 'quiet',
    value: 7,
    says: expect.stringContaining('that is not below 4.'),
  });
  expect(warned).toEqual([]);
});

test('a damaged store costs the run nothing', async () => {
  const { workspace, afterwards, publish, warned, lines } = await opened();
  mkdirSync(storeFolder(workspace), { recursive: true });
  writeFileSync(join(storeFolder(workspace), 'alert.yaml'), 'version: 1\nalerts:\n  - {id: 01234abc, txt: Jane Roe}\n');
  expect((await publish()).exitCode).toBe(0);
  expect(await afterwards()).toEqual([]);
  expect(lines()).toEqual([]);
  expect(warned).toEqual([expect.stringContaining('Alerts could not be judged: ')]);
  expect(warned.join()).not.toContain('Jane');
  expect(readFileSync(join(storeFolder(workspace), 'alert.yaml'), 'utf8')).toContain('Jane Roe');
});
