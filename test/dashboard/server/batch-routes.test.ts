import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import type { ReleaseMeta } from '../../../warehouse/meta.ts';
import { routes } from '../../../dashboard/server/routes.ts';
import { openLibrary } from './library.ts';

const opened = async (loanCount = 3) => {
  const library = openLibrary();
  const release = await library.publish(loanCount);
  await library.parts.served.look();
  const app = routes(library.parts);
  const ask = (path: string, init: RequestInit = {}) => app.request(`http://127.0.0.1:4180${path}`, init);
  const post = (body: unknown, accept = 'application/json') =>
    ask('/api/batch', { method: 'POST', body: JSON.stringify(body), headers: { accept } });
  return { library, release, ask, post };
};

const values = (view: object) => ({ kind: 'values', view: { metrics: ['loans'], ...view } });

test('all questions of a page are answered in one request, in their order, of one release', async () => {
  const { release, post } = await opened(5);
  const body = await (
    await post({ questions: [values({ by: ['branch'] }), values({}), values({ grain: 'year' })] })
  ).json();
  expect(body.release).toBe(release);
  expect(
    body.answers.map(({ rows }: { rows: { branch?: string; period: string | null; value: number }[] }) =>
      rows.map(({ branch, period, value }) => [branch, period, value]),
    ),
  ).toEqual([[['n', null, 5]], [[undefined, null, 5]], [[undefined, '2025-01-01', 5]]]);
});

test('Arrow comes as streams one after the other, each after its length', async () => {
  const { release, post } = await opened(5);
  const arrow = 'application/vnd.apache.arrow.stream';
  const response = await post({ questions: [values({ by: ['branch'] }), values({})] }, arrow);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const lengths = new DataView(bytes.buffer);
  const first = lengths.getUint32(0, true);
  const second = lengths.getUint32(4 + first, true);
  expect(bytes.length).toBe(4 + first + 4 + second);
  const [split, whole] = [tableFromIPC(bytes.subarray(4, 4 + first)), tableFromIPC(bytes.subarray(8 + first))];
  expect(split.getChild('branch')?.get(0)).toBe('n');
  expect(whole.getChild('value')?.get(0)).toBe(5);
  expect(whole.schema.metadata.get('release')).toBe(release);
});

test('an older release that still stands answers as long as it is named', async () => {
  const { library, release: before, ask, post } = await opened(5);
  const now = await library.publish(7);
  await library.parts.served.look();
  const valueOf = async (release: string | null) => {
    const body = await (await post({ release, questions: [values({})] })).json();
    return [body.release, body.answers[0].rows[0].value];
  };
  expect(await valueOf(null)).toEqual([now, 7]);
  expect(await valueOf(before)).toEqual([before, 5]);
  expect((await (await ask(`/api/catalogue?release=${before}`)).json()).release).toBe(before);
  expect((await (await ask(`/api/release?release=${before}`)).json()).release).toBe(before);
  const kept = await ask(`/api/export.csv?metrics=loans&release=${before}`);
  expect(kept.headers.get('content-disposition')).toContain(before);
  expect(await kept.text()).toMatch(/\r\nloans,,5,/);
});

test('a file says what was asked and by which definition, a CSV in lines before its header where it shall', async () => {
  const { release, ask } = await opened(5);
  const query = 'metrics=loans&where=branch=n&from=2025-01-01';
  const json = await (await ask(`/api/export.json?${query}`)).json();
  expect(json).toMatchObject({ release, asked: { where: { branch: ['n'] }, from: '2025-01-01' } });
  expect(json.metrics[0].version).toMatch(/^[0-9a-f]{8}$/);
  const bytes = await (await ask(`/api/export.arrow?${query}`)).arrayBuffer();
  const { metadata } = tableFromIPC(new Uint8Array(bytes)).schema;
  expect(JSON.parse(metadata.get('asked') ?? '')).toEqual(json.asked);
  const plain = await (await ask(`/api/export.csv?${query}`)).text();
  const told = await (await ask(`/api/export.csv?${query}&about=yes`)).text();
  expect(told.endsWith(plain)).toBe(true);
  const head = told.slice(0, -plain.length).split('\r\n');
  expect(head).toContain(`# release: ${release}`);
  expect(head.filter((line) => line !== '').every((line) => line.startsWith('# '))).toBe(true);
  expect(head.map((line) => line.split(':')[0])).toEqual(
    expect.arrayContaining(['# asOf', '# completeThrough', '# metrics', '# asked']),
  );
});

const wrong: readonly (readonly [body: unknown, sentence: string])[] = [
  [{ questions: [] }, '1 to 20'],
  [{ questions: Array.from({ length: 21 }, () => values({})) }, '1 to 20'],
  [{ questions: 'all' }, '1 to 20'],
  [7, '1 to 20'],
  [{ questions: [{ kind: 'pie', view: { metrics: ['loans'] } }] }, 'values or curves'],
  [{ questions: [values({ metrics: ['laons'] })] }, 'Did you mean `loans`?'],
  [{ questions: [{ kind: 'curves', view: { metrics: ['loans', 'loan_days'] } }] }, 'name just one'],
  [{ questions: [{ kind: 'curves', view: { metrics: ['loans'] } }] }, 'no survival curve'],
  [{ release: 'x', questions: [values({})] }, 'one that still stands'],
  [{ release: 7, questions: [values({})] }, 'the id of a release'],
];

test('what cannot be answered is a problem with a sentence', async () => {
  const { post, library } = await opened(1);
  for (const [body, sentence] of wrong) {
    const response = await post(body);
    expect(response.status, sentence).toBe(400);
    expect((await response.json()).detail).toContain(sentence);
  }
  expect(library.troubles).toEqual([]);
});

test('the SQL of a view is told with its values written in', async () => {
  const { ask, release } = await opened(1);
  const body = JSON.stringify({ metrics: ['loans', 'loan_days'], where: { branch: ["n'"] } });
  const told = await (await ask('/api/sql', { method: 'POST', body })).json();
  expect(told).toMatchObject({ release, statements: [{ metrics: ['loans', 'loan_days'] }] });
  expect(told.statements[0].sql).toContain("'n'''");
});

const cubeOf = async (meta: Partial<ReleaseMeta>) => {
  const library = openLibrary();
  await library.publish(5, meta);
  await library.parts.served.look();
  const body = JSON.stringify({
    cube: { metrics: ['loans'], by: ['branch'], also: [], grain: 'month' },
    questions: [values({ by: ['branch'] })],
  });
  const response = await routes(library.parts).request('http://127.0.0.1:4180/api/cube', { method: 'POST', body });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const length = new DataView(bytes.buffer).getUint32(0, true);
  return { told: JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))), bytes };
};

test('a release that withholds small cells is never handed out as sums', async () => {
  expect((await cubeOf({})).told.tier).toBe('cube');
  for (const rows of [[{ below: 11 }], []]) {
    const summary = 'One row: counts below this are withheld';
    const { told } = await cubeOf({ tables: [{ name: 'withholding', summary, columns: { below: 'INTEGER' }, rows }] });
    expect(told).toEqual({ tier: 'marts', refused: expect.stringContaining('small cells are withheld') });
  }
});
