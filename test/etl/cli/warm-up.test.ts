import { expect, test } from 'vitest';
import { pageAt } from '../../../dashboard/report/page.ts';
import { warmUp } from '../../../etl/command/warm-up.ts';
import { keepBlocks } from '../../../warehouse/query/kept-blocks.ts';
import { readViewState } from '../../../warehouse/query/view-state.ts';
import { libraryDesk } from '../../dashboard/report/library-desk.ts';

const byShelf = readViewState({ metrics: ['loan_days'], by: ['branch'], from: '2025-03-01', to: '2025-04-01' });
const ofNothing = readViewState({ metrics: ['no_such_metric'] });

/** A desk that counts the statements which select from marts. */
const countingDesk = async () => {
  const { parts, ...desk } = await libraryDesk();
  const { reader } = parts;
  keepBlocks(reader);
  const told = { statements: 0 };
  const connect = reader.connect.bind(reader);
  reader.connect = async () => {
    const connection = await connect();
    const run = connection.run.bind(connection);
    connection.run = (...given) => {
      if (given[0].includes('mart')) told.statements++;
      return run(...given);
    };
    return connection;
  };
  return { desk, told };
};

test('after it neither the scorecard nor what was asked last needs a table', async () => {
  const { desk, told } = await countingDesk();
  // What the release before had and this one has not stops nothing.
  await warmUp(() => Promise.resolve(desk), [ofNothing, byShelf]).done;
  expect(told.statements).toBeGreaterThan(2);
  told.statements = 0;
  await pageAt(desk, '/', 1);
  await desk.values(byShelf);
  expect(told.statements).toBe(0);
  await desk.values({ ...byShelf, by: [] });
  expect(told.statements).toBe(1);
});

test('given up it asks nothing more, and lets go at once', async () => {
  const { desk, told } = await countingDesk();
  let opened = (): void => undefined;
  const opening = new Promise<void>((resolve) => (opened = resolve));
  const started = warmUp(
    async (signal) => {
      await opening;
      expect(signal.aborted).toBe(true);
      return desk;
    },
    [byShelf],
  );
  const stopped = started.stop();
  opened();
  await stopped;
  expect(told.statements).toBe(0);
});

test('a desk that cannot be opened is nobody’s loss', async () => {
  await warmUp(() => Promise.reject(new Error('gone')), []).stop();
});
