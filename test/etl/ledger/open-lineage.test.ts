import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { LedgerEvent } from '../../../etl/ledger/ledger-event.ts';
import { readEvents } from '../../../etl/ledger/read-ledger.ts';
import { openRun } from '../../../etl/ledger/write-ledger.ts';
import { runUuid } from '../../../etl/ledger/run-id.ts';
import { noProgress } from '../../../etl/print/progress.ts';
import { run } from '../../../etl/run.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';
import { sharedData } from '../../support/shared-data.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';
import { encounter, smallWorkspace } from '../cli/himsight.ts';

const published = sharedData('openlineage', 'OpenLineage.json');

const read = (file: string | URL): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

const ajv = new Ajv({ allErrors: true, strict: false });
addFormats.default(ajv);
const isRunEvent = ajv.compile(read(join(import.meta.dirname, 'open-lineage.schema.json')));
const isOurFacet = ajv.compile(read(new URL('../../../etl/ledger/himsight-run-facet.schema.json', import.meta.url)));

/** The base of a facet, asked of each wherever it stands. */
const facetsOf = (value: unknown, key = ''): readonly Record<string, unknown>[] => {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([name, one]) => facetsOf(one, name));
  return /facets$/i.test(key) ? [...(Object.values(value) as Record<string, unknown>[]), ...inside] : inside;
};

const validate = (events: readonly LedgerEvent[]): void => {
  for (const event of events) {
    expect(isRunEvent(event), `${event.job.name}: ${JSON.stringify(isRunEvent.errors)}`).toBe(true);
    const facet = event.run.facets.himsight;
    expect(isOurFacet(facet), `${event.job.name}: ${JSON.stringify(isOurFacet.errors)}`).toBe(true);
    for (const { _producer, _schemaURL } of facetsOf(event))
      expect([URL.canParse(String(_producer)), URL.canParse(String(_schemaURL))]).toEqual([true, true]);
  }
};

const request = (folder: string) => ({
  ...{ workspace: readWorkspace(folder), sources: [], from: null, to: null, full: false },
  progress: noProgress,
});

let once: Promise<readonly (readonly LedgerEvent[])[]> | null = null;
/** Three runs, the same for all tests. */
const nights = () => (once ??= runNights());

/** A night that is published with a row put aside, one on which nothing is new, one that holds a file. */
const runNights = async (): Promise<readonly (readonly LedgerEvent[])[]> => {
  const folder = smallWorkspace([
    ...Array.from({ length: 39 }, (_, i) => encounter(i)),
    encounter(99, '2026-01-01 07:00:00'),
  ]);
  const ids = [(await run(request(folder))).run, (await run(request(folder))).run];
  writeFileSync(join(folder, 'in', 'torn.csv'), 'not,what,was,declared\n1,2,3,4\n');
  ids.push((await run(request(folder))).run);
  return ids.map((id) => readEvents(join(folder, 'data/ledger'), id));
};

test('every event of real runs is a run event of OpenLineage, and its own facet as its schema says', async () => {
  const told = await nights();
  expect(told.map((events) => events.at(-1)?.run.facets.himsight?.outcome)).toEqual(['done', 'no-op', 'held']);
  expect(told[0]!.length).toBeGreaterThan(20);
  for (const events of told) validate(events);
});

test.skipIf(published === null)('every event is valid by the schema as OpenLineage publishes it', async () => {
  const strict = new Ajv({ allErrors: true, strict: false });
  addFormats.default(strict);
  const isValid = strict.compile(read(published!));
  for (const event of (await nights()).flat()) expect(isValid(event), JSON.stringify(isValid.errors)).toBe(true);
});

test('the schema does refuse what is wrong', async () => {
  const [[event] = []] = await nights();
  const wrongs = [
    { ...event, eventType: 'BEGIN' },
    { ...event, eventTime: 'yesterday' },
    { ...event, run: { ...event!.run, runId: '20260901T020005Z-00712345' } },
    { ...event, run: { ...event!.run, facets: { himsight: { step: 1 } } } },
    { ...event, job: { namespace: 'himsight' } },
    { ...event, schemaURL: undefined },
  ];
  for (const wrong of wrongs) expect(isRunEvent(wrong), JSON.stringify(wrong)).toBe(false);
  expect(isOurFacet({ ...event!.run.facets.himsight, surname: 'x' })).toBe(false);
});

test('landings and models are runs of their own whose parent is the whole', async () => {
  const events = (await nights())[0]! as readonly (LedgerEvent & {
    run: { facets: { parent?: { run: { runId: string } } } };
  })[];
  const whole = events.filter(({ job }) => job.name === 'run');
  expect(new Set(whole.map(({ run }) => run.runId)).size).toBe(1);
  const parts = events.filter(({ job }) => job.name !== 'run');
  expect(parts.length).toBeGreaterThan(20);
  expect(new Set(parts.map(({ run }) => run.facets.parent?.run.runId))).toEqual(new Set([whole[0]!.run.runId]));
  const landing = parts.filter(({ job }) => job.name === 'land visits');
  expect(landing.map(({ eventType }) => eventType)).toEqual(['START', 'COMPLETE']);
  expect(landing[0]!.run.runId).toBe(landing[1]!.run.runId);
});

test('data sets tell files with their rows and bytes, tables with theirs, and what a model reads', async () => {
  const [night] = await nights();
  const by = (job: string) => night!.findLast((event) => event.job.name === job) as unknown as Record<string, unknown>;
  expect(by('land visits')).toMatchObject({
    inputs: [
      {
        namespace: 'file',
        inputFacets: {
          inputStatistics: { rowCount: 39 + 1, fileCount: 1 },
          dataQualityAssertions: {
            assertions: expect.arrayContaining([
              expect.objectContaining({ assertion: 'encounter: discharge-not-before-admission', success: false }),
            ]),
          },
        },
      },
    ],
    outputs: [{ name: 'raw.encounter', outputFacets: { outputStatistics: { rowCount: 39 } } }],
  });
  expect(by('build core.encounter')).toMatchObject({
    inputs: expect.arrayContaining([{ namespace: 'himsight', name: 'raw.encounter' }]),
    outputs: [{ name: 'core.encounter', outputFacets: { outputStatistics: { rowCount: 39 } } }],
  });
});

test('a scheduled run says for when', () => {
  const folder = temporaryFolder();
  const now = new Date('2026-11-01T06:30:01Z');
  const ledger = openRun(folder, now, () => now);
  ledger.event('START', 'run', {
    turns: [
      { source: 'b', due: '2026-11-01T06:30:00.000Z' },
      { source: 'a', due: '2026-11-01T06:15:00.000Z' },
      { source: 'c', due: null },
    ],
  });
  ledger.event('FAIL', 'run', { message: 'The disk is full.', error: 'Error\n    at land.ts:1:1' });
  ledger.close();
  const events = readEvents(folder, ledger.id);
  validate(events);
  expect(events).toMatchObject([
    {
      eventTime: '2026-11-01T06:30:01.000Z',
      run: { facets: { nominalTime: { nominalStartTime: '2026-11-01T06:15:00.000Z' } } },
    },
    { run: { facets: { errorMessage: { message: 'The disk is full.', stackTrace: 'Error\n    at land.ts:1:1' } } } },
  ]);
});

test('a run id has the same UUID everywhere, of version 5', () => {
  // Worked out with Python: uuid.uuid5(uuid.NAMESPACE_URL, 'https://github.com/himsight/himsight/run/20260901T020005Z-00712345')
  expect(runUuid('20260901T020005Z-00712345')).toBe('0737e4c3-c787-508f-a9fd-b2ffdccd1891');
});
