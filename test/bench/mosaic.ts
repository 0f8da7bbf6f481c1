import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join, extname } from 'node:path';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { tableToArrow } from '../../warehouse/query/arrow.ts';
import { readColumns } from '../../warehouse/query/duckdb-columns.ts';
import { openPage } from '../browser/support/browser.ts';
import { paintedAfter, patience } from './painted.ts';

/** Milliseconds of Mosaic over the rows that Explore shows, with the same charts and the same picks. */
export interface MosaicFigures {
  readonly version: string;
  readonly paint: number;
  readonly picks: readonly number[];
}

const columns = ['service_line', 'payer_class', 'patient_class'];
const picksEach = 10;

/** The page, as Mosaic's own examples are written: a line over time by facility, and a bar chart each, cross-filtered. */
const script = `
import * as vg from '@uwdata/vgplot';
import { clausePoint } from '@uwdata/mosaic-core';
window.pending = 0;
const rest = vg.restConnector({ uri: location.origin + '/query' });
const query = rest.query.bind(rest);
rest.query = async (asked) => {
  window.pending++;
  try { return await query(asked); } finally { window.pending--; }
};
vg.coordinator().databaseConnector(rest);
const by = vg.Selection.crossfilter();
const from = () => vg.from('encounter_day', { filterBy: by });
const line = vg.plot(
  vg.lineY(from(), { x: vg.dateMonth('discharge_date'), y: vg.sum('encounter_count'), stroke: 'facility_id' }),
  vg.width(900), vg.height(260));
const bars = ${JSON.stringify(columns)}.map((column) => vg.plot(
  vg.barX(from(), { x: vg.sum('encounter_count'), y: column, fill: 'steelblue' }),
  vg.width(340), vg.height(260), vg.marginLeft(110)));
document.querySelector('main').append(line, ...bars);
const sources = {};
const values = ${JSON.stringify(columns)}.map(() => []);
window.pick = (column, value) => {
  const source = (sources[column] ??= { reset() {} });
  by.update(clausePoint(column, value, { source }));
};`;

/**
 * Measures Mosaic where MOSAIC names a folder that it is installed in (see the README), else answers why not.
 *
 * @param release the DuckDB file that is served
 */
export const mosaicFigures = async (
  browser: Browser,
  release: string,
  folder: string,
): Promise<MosaicFigures | string> => {
  const installed = process.env.MOSAIC ?? '';
  const manifest = join(installed, 'node_modules/@uwdata/vgplot/package.json');
  if (installed === '' || !existsSync(manifest)) return 'not installed: test/bench/README.md says how';
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  const root = join(installed, 'page');
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'main.js'), script);
  writeFileSync(
    join(root, 'index.html'),
    '<!doctype html><title>Mosaic</title><main></main><script type="module" src="./main.js"></script>',
  );
  const outDir = join(folder, 'mosaic-page');
  await build({ root, logLevel: 'error', configFile: false, build: { outDir, emptyOutDir: true } });
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`attach '${release.replaceAll("'", "''")}' as wh (read_only)`);
  await connection.run('create view encounter_day as select * from wh.mart.encounter_day');
  const server = createServer((request, response) => {
    void answer(connection, outDir, request).then(
      ({ body, type }) => response.writeHead(200, { 'content-type': type }).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  try {
    const { page } = await openPage(browser);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: 'commit' });
    const drawn = await page.waitForFunction(
      () => document.querySelectorAll('main svg').length >= 4 && window.pending === 0 && performance.now(),
      undefined,
      { polling: 'raf', timeout: patience },
    );
    const paint = Number(await drawn.jsonValue());
    const picks: number[] = [];
    const names = await Promise.all(columns.map((column) => valuesOf(connection, column)));
    for (let i = 0; i < picksEach; i++)
      for (const [at, column] of columns.entries()) {
        const value = names[at]![i % Math.min(4, names[at]!.length)];
        picks.push(await paintedAfter(page, `pick(${JSON.stringify(column)}, ${JSON.stringify(value)})`));
      }
    await page.context().close();
    return { version, paint, picks };
  } finally {
    server.close();
    instance.closeSync();
  }
};

const valuesOf = async (connection: DuckDBConnection, column: string): Promise<readonly string[]> => {
  const rows = await connection.runAndReadAll(
    `select ${column} as value from encounter_day where ${column} is not null group by 1 order by sum(encounter_count) desc`,
  );
  return rows.getRowObjectsJS().map(({ value }) => String(value));
};

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

const answer = async (connection: DuckDBConnection, folder: string, request: IncomingMessage) => {
  if (request.method === 'POST') {
    const { type, sql } = JSON.parse(await text(request)) as { readonly type: string; readonly sql: string };
    const result = await connection.run(sql);
    const body = type === 'exec' ? '' : tableToArrow(await readColumns(result));
    return { body, type: 'application/vnd.apache.arrow.stream' };
  }
  const path = request.url === '/' ? '/index.html' : (request.url ?? '');
  return { body: readFileSync(join(folder, path)), type: types[extname(path)] ?? 'application/octet-stream' };
};
