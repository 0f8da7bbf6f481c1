import { expect, test } from 'vitest';
import { ServedRelease, type ReleaseSource } from '../../../dashboard/server/served-release.ts';
import { slots } from '../../../dashboard/server/slots.ts';
import type { Reader } from '../../../warehouse/open.ts';

/** Releases that open and close on paper, and remember it. */
const onPaper = (lingerMs = 0) => {
  const log: string[] = [];
  const state: { current: string | null; broken: string | null } = { current: null, broken: null };
  const source: ReleaseSource<string> = {
    current: async () => state.current,
    open: async (release): Promise<Reader> => {
      if (release === state.broken) throw new Error('cannot be opened');
      log.push(`open ${release}`);
      return {
        release,
        connect: () => Promise.reject(new Error('not needed')),
        close: async () => void log.push(`close ${release}`),
      };
    },
    prepare: async ({ release }) => `catalogue of ${release}`,
  };
  const troubles: unknown[] = [];
  return { log, state, troubles, served: new ServedRelease(source, (error) => troubles.push(error), lingerMs) };
};

test('an answer under way keeps its release open until it is whole', async () => {
  const { log, state, served } = onPaper();
  state.current = 'one';
  await served.look();
  let finish = (): void => {};
  const slow = served.use(async ({ ready }) => {
    await new Promise<void>((resolve) => (finish = resolve));
    return ready;
  });
  state.current = 'two';
  await served.look();
  expect(served.release).toBe('two');
  expect(log).toEqual(['open one', 'open two']);
  finish();
  expect(await slow).toBe('catalogue of one');
  expect(log).toEqual(['open one', 'open two', 'close one']);
});

test('rolled back to while still in use, a release is not opened twice', async () => {
  const { log, state, served } = onPaper();
  state.current = 'one';
  await served.look();
  let finish = (): void => {};
  const slow = served.use(() => new Promise<void>((resolve) => (finish = resolve)));
  state.current = 'two';
  await served.look();
  state.current = 'one';
  await served.look();
  finish();
  await slow;
  expect(served.release).toBe('one');
  expect(log).toEqual(['open one', 'open two', 'close two']);
});

test('a release that cannot be opened leaves the one before it, and is tried again', async () => {
  const { state, troubles, served } = onPaper();
  state.current = 'one';
  await served.look();
  state.current = 'two';
  state.broken = 'two';
  await served.look();
  expect([served.release, troubles.length]).toEqual(['one', 1]);
  state.broken = null;
  await served.look();
  expect(served.release).toBe('two');
});

test('a failing answer lets go of its release', async () => {
  const { log, state, served } = onPaper();
  state.current = 'one';
  await served.look();
  await expect(served.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await served.close();
  expect(log).toEqual(['open one', 'close one']);
});

test('without a release there is no answer', async () => {
  const { served } = onPaper();
  await served.look();
  expect(await served.use(async () => 'answer')).toBeNull();
});

test('at most so many tasks run at a time, and a failing one frees its place', async () => {
  const withSlot = slots(2);
  let running = 0;
  let most = 0;
  const task = (fails: boolean) => async (): Promise<void> => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running--;
    if (fails) throw new Error('failed');
  };
  await Promise.allSettled(Array.from({ length: 9 }, (_, i) => withSlot(task(i % 3 === 0))));
  expect([most, running]).toEqual([2, 0]);
});

test('an older release asked for by name stays open for the next question, then closes; at the end in any case', async () => {
  const { log, state, served } = onPaper(60);
  state.current = 'two';
  await served.look();
  const ask = () => served.useRelease('one', async ({ ready }) => ready);
  expect(await ask()).toBe('catalogue of one');
  expect(await ask()).toBe('catalogue of one');
  expect(log).toEqual(['open two', 'open one']);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(log).toEqual(['open two', 'open one', 'close one']);
  await ask();
  await served.close();
  expect(log.slice(3).toSorted()).toEqual(['close one', 'close two', 'open one']);
});

test('without a while to stay, it closes at once', async () => {
  const { log, served } = onPaper();
  await served.useRelease('one', async () => null);
  expect(log).toEqual(['open one', 'close one']);
});
