import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Alert } from '../../../dashboard/store/alert.ts';
import { writeAlertLines, type AlertLine } from '../../../etl/alert/alert-ledger.ts';
import { alertReport, pastOf } from '../../../etl/alert/alert-report.ts';
import { writeTold } from '../../../etl/notify/told.ts';
import { ledgerFolder } from '../../../etl/workspace/folders.ts';
import type { Workspace } from '../../../etl/workspace/workspace.ts';
import { openLibrary } from '../../dashboard/server/library.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';

const states = { f: 'fires', q: 'quiet', u: 'unjudged' } as const;

const line = (state: keyof typeof states, i: number): AlertLine => ({
  ...{ at: `2026-09-0${i + 1}T06:00:00.000Z`, release: `r${i}`, alert: '0123abcd', name: 'Long loans' },
  ...{
    metric: 'loan_days',
    grain: 'month',
    filters: 0,
    period: '2025-03-01',
    value: 2,
    state: states[state],
    says: '',
  },
});
const lines = (text: string): readonly AlertLine[] =>
  Array.from(text, (letter, i) => line(letter as keyof typeof states, i));

test.each([
  ['', 'fires', null, []],
  ['ff', 'fires', 'r0', ['r0']],
  ['qqff', 'fires', 'r2', ['r2', 'r0']],
  // Fires now, but was quiet when it was last written down: since when is not known yet.
  ['fq', 'fires', null, ['r1', 'r0']],
  ['fu', 'unjudged', 'r0', ['r1', 'r0']],
  ['ff', 'quiet', null, ['r0']],
] as const)('written down as %s and now %s, it fires since %s', (text, state, since, changes) => {
  const past = pastOf(lines(text), { state });
  expect(past.since?.release ?? null).toBe(since);
  expect(past.history.map(({ release }) => release)).toEqual(changes);
});

test('alerts stand in the release on show, with since when and when they were told', async () => {
  const library = openLibrary();
  onTestFinished(() => library.parts.served.close());
  await library.publish(3, { completeThrough: '2025-04-01' });
  await library.parts.served.look();
  const workspace = { dataFolder: join(temporaryFolder(), 'data') } as Workspace;
  writeAlertLines(ledgerFolder(workspace), [line('q', 0), line('f', 1)]);
  const telling = {
    trouble: 'alert:0123abcd',
    kind: 'alert',
    source: null,
    state: 'begins',
    channel: 'webhook',
  } as const;
  writeTold(ledgerFolder(workspace), [
    { ...telling, at: '2026-09-02T06:01:00.000Z', outcome: 'delivered', tries: 1, why: null },
    { ...telling, at: '2026-09-02T07:01:00.000Z', outcome: 'failed', tries: 3, why: 'it hung' },
  ]);
  const troubles: unknown[] = [];
  const report = alertReport(workspace, library.parts.store, (error) => troubles.push(error));
  const alert: Alert = {
    ...{ id: '0123abcd', name: 'Long loans', metric: 'loan_days', where: {}, grain: 'month' },
    ...{ when: { kind: 'threshold', side: 'above', value: 1 }, author: 'x', at: '2026-09-01T00:00:00.000Z' },
  };
  const broken = { ...alert, id: '99999999', where: null } as unknown as Alert;
  const standings = await library.parts.served.use(({ reader, ready }) =>
    report(reader, ready.catalogue, [alert, broken]),
  );
  expect(standings).toMatchObject([
    {
      ...{ alert: '0123abcd', state: 'fires', says: 'Days a loan, March 2025: 2 d; that is above 1 d.', value: 2 },
      ...{
        since: { release: 'r1' },
        told: '2026-09-02T06:01:00.000Z',
        history: [{ release: 'r1' }, { release: 'r0' }],
      },
    },
    { alert: '99999999', state: 'unjudged', since: null, told: null, history: [] },
  ]);
  expect(troubles).toHaveLength(1);
});
