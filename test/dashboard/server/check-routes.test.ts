import { expect, test } from 'vitest';
import { routes } from '../../../dashboard/server/routes.ts';
import type { CheckSettings } from '../../../warehouse/check/check.ts';
import { openLibrary } from './library.ts';

const opened = async (checkSettings: () => CheckSettings = () => new Map()) => {
  const library = openLibrary({ checkSettings });
  const release = await library.publish(3);
  await library.parts.served.look();
  const app = routes(library.parts);
  const ask = async (path: string) => {
    const response = await app.request(`http://127.0.0.1:4180${path}`);
    return { status: response.status, body: await response.json() };
  };
  return { release, ask };
};

test('checks are listed under the thresholds of the moment they are asked for', async () => {
  let threshold = 0;
  const { ask, release } = await opened(
    () => new Map([['loan_is_short', { threshold, severity: 'convention', off: null }]]),
  );
  const listed = async () =>
    (await ask('/api/checks')).body.rows.find(({ id }: { id: string }) => id === 'loan_is_short');
  expect((await ask('/api/checks')).body.release).toBe(release);
  const before = await listed();
  expect(before).toMatchObject({ kind: 'check', table: 'core.loan', threshold: 0 });
  threshold = 100;
  expect(await listed()).toMatchObject({ threshold: 1, examined: before.examined, violated: before.violated });
});

test('one check comes with its strata, and its keys on demand', async () => {
  const { ask, release } = await opened();
  const { body } = await ask('/api/checks/loan_is_dated');
  expect(body).toMatchObject({ release, check: { id: 'loan_is_dated', status: 'pass' } });
  expect(body.strata[0]).toMatchObject({ facility_id: 'n', violated: 0, status: 'pass' });
  expect(await ask('/api/checks/loan_is_dated/keys?limit=5')).toEqual({
    status: 200,
    body: { release, columns: ['loan_id'], rows: [], more: false },
  });
  expect((await ask('/api/checks/no_loan_lost')).body).toMatchObject({ check: { kind: 'assert' }, strata: [] });
});

test('what is not there is 404, what is asked wrongly 400, both with a sentence', async () => {
  const { ask } = await opened();
  expect(await ask('/api/checks/nothing')).toMatchObject({ status: 404 });
  expect(await ask('/api/checks/nothing/keys')).toMatchObject({ status: 404 });
  expect((await ask('/api/checks/no_loan_lost/keys')).body.detail).toContain('no check on rows of this id');
  for (const wrong of ['limit=0', 'limit=x', 'month=May', 'shelf=3'])
    expect(await ask(`/api/checks/loan_is_dated/keys?${wrong}`), wrong).toMatchObject({ status: 400 });
});
