import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Alert } from '../../../dashboard/store/alert.ts';
import type { Annotation } from '../../../dashboard/store/annotation.ts';
import type { Draft } from '../../../dashboard/store/kept.ts';
import type { ReportPlan } from '../../../dashboard/store/report-plan.ts';
import { openStore } from '../../../dashboard/store/store.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';

const store = () => openStore(join(temporaryFolder(), 'store'));

const annotation: Draft<Annotation> = {
  ...{ metric: 'delinquency_rate', where: { facility: ['north'] }, period: '2026-03-01' },
  ...{ kind: 'rebase', text: 'New record system', author: 'R. Okafor' },
};
const view = { name: 'Weekly', address: '/explore?metrics=encounters&release=20260301T000000Z-0123abcd', author: 'x' };
const alert: Draft<Alert> = {
  ...{ name: 'DNFB over five days', metric: 'dnfb_days', where: {}, grain: 'week', author: 'x' },
  when: { kind: 'threshold', side: 'above', value: 5 },
};
const report: Draft<ReportPlan> = {
  ...{ name: 'weekly-scorecard', title: 'Scorecard', pages: ['/scorecard'], format: 'pdf', author: 'x' },
  ...{ schedule: '0 7 * * 1', timezone: 'America/Chicago', to: ['him@hospital.example'] },
};

test('each kind takes what it is made for', async () => {
  const { annotations, views, alerts, reports } = store();
  expect(await annotations.keep(annotation)).toMatchObject(annotation);
  expect(await annotations.keep({ ...annotation, kind: 'note', where: {} })).toMatchObject({ where: {} });
  expect(await views.keep(view)).toMatchObject(view);
  for (const when of [
    alert.when,
    { kind: 'target' },
    { kind: 'signal', rules: 'making-data-count' },
    { kind: 'signal', rules: 'anhoej' },
    { kind: 'signal', rules: 'western-electric' },
  ] as const)
    expect(await alerts.keep({ ...alert, name: JSON.stringify(when), when })).toMatchObject({ when });
  expect(await reports.keep(report)).toMatchObject(report);
  expect(await reports.keep({ ...report, name: 'by_hand', schedule: null, to: [] })).toMatchObject({ schedule: null });
});

test.each([
  [{ text: ' \n ' }, '`text`'],
  [{ text: 'x'.repeat(2001) }, '`text`'],
  [{ text: 'a\u0007b' }, '`text`'],
  [{ author: '' }, '`author`'],
  [{ author: 'two\nlines' }, '`author`'],
  [{ author: 'x'.repeat(81) }, '`author`'],
  [{ period: '2026-02-30' }, '`period`: is no day of the calendar.'],
  [{ period: '1 March' }, '`period`'],
  [{ kind: 'rebased' }, '`kind`: is none of the values allowed.'],
  [{ metric: 'DROP TABLE' }, '`metric`'],
  [{ where: { facility: 'north' } }, '`where.facility`'],
  [{ where: { facility: [] } }, '`where.facility`'],
  [{ where: { 'a b': ['x'] } }, '`where`'],
  [{ colour: 'red' }, '`colour`: unknown key.'],
])('an annotation that is not one is refused by its key, %#', async (wrong, sentence) => {
  await expect(store().annotations.keep({ ...annotation, ...wrong } as never)).rejects.toThrow(sentence);
});

test.each([
  [{ address: 'https://elsewhere.example/' }],
  [{ address: '//elsewhere.example/' }],
  [{ address: '/\\elsewhere.example/' }],
  [{ address: 'javascript:alert(1)' }],
  [{ address: '/a b' }],
  [{ address: `/${'x'.repeat(16_000)}` }],
])('a view leads nowhere but into this dashboard, %#', async (wrong) => {
  await expect(store().views.keep({ ...view, ...wrong })).rejects.toThrow('`address`');
});

test.each([
  [{ when: { kind: 'threshold', side: 'above' } }, '`when`: `value` is missing.'],
  [{ when: { kind: 'threshold', side: 'over', value: 1 } }, '`when.side`'],
  [{ when: { kind: 'threshold', side: 'above', value: '5' } }, '`when.value`'],
  [{ when: { kind: 'target', value: 5 } }, '`when.value`: unknown key.'],
  [{ when: { kind: 'signal', rules: 'nelson' } }, '`when.rules`'],
  [{ when: { kind: 'sometimes' } }, '`when.kind`'],
  [{ when: {} }, '`when.kind`'],
  [{ grain: 'day' }, '`grain`'],
])('an alert that is not one is refused by its key, %#', async (wrong, sentence) => {
  await expect(store().alerts.keep({ ...alert, ...wrong } as never)).rejects.toThrow(sentence);
});

test.each([
  [{ name: 'Weekly' }, '`name`'],
  [{ name: 'scorecard' }, '`name`: is the name of a report that is there already.'],
  [{ name: '../x' }, '`name`'],
  [{ pages: [] }, '`pages`'],
  [{ pages: ['https://elsewhere.example'] }, '`pages[0]`'],
  [{ format: 'docx' }, '`format`'],
  [{ schedule: 'weekly' }, '`schedule`'],
  [{ timezone: 'Chicago' }, '`timezone`: is no time zone.'],
  [{ to: ['him'] }, '`to[0]`'],
  [{ to: ['a@b.example\nBcc: c@d.example'] }, '`to[0]`'],
])('a report that is not one is refused by its key, %#', async (wrong, sentence) => {
  await expect(store().reports.keep({ ...report, ...wrong } as never)).rejects.toThrow(sentence);
});

test.each(['views', 'alerts', 'reports'] as const)(
  '%s have names of their own among those that stand',
  async (many) => {
    const { [many]: shelf } = store();
    const draft = { views: view, alerts: alert, reports: report }[many] as never;
    const { id } = await shelf.keep(draft);
    await expect(shelf.keep(draft)).rejects.toThrow('`name`: there is');
    await shelf.retire(id, 'x');
    await shelf.keep(draft);
  },
);

test('no sentence repeats what somebody typed', async () => {
  const secret = 'Jane Roe, MRN 0012345';
  const { annotations, views, reports } = store();
  for (const work of [
    () => annotations.keep({ ...annotation, text: `${secret}\u0007` }),
    () => annotations.keep({ ...annotation, kind: secret as never }),
    () => annotations.keep({ ...annotation, where: { facility: [{ [secret]: 1 }] as never } }),
    () => views.keep({ ...view, address: secret }),
    () => reports.keep({ ...report, timezone: secret }),
    () => reports.keep({ ...report, to: [secret] }),
  ])
    await expect(work()).rejects.toSatisfy(
      (error: Error) => !`${error.message} ${(error as { mend?: string }).mend}`.includes('Jane'),
    );
});
