import { Hono } from 'hono';
import type { Context } from 'hono';
import { UserError } from '../../warehouse/error.ts';
import { StoreFault } from '../store/store-fault.ts';
import { answerBatch, answerCube } from './batch-routes.ts';
import { refuseForeignHost, refuseForeignOrigin, refuseUnlessLoopback, setSecurityHeaders } from './guard.ts';
import {
  answerArrivals,
  answerComparison,
  answerQuarantine,
  answerRollBack,
  answerRun,
  answerRuns,
  answerSources,
} from './ledger-routes.ts';
import { problem, userProblem } from './problem.ts';
import type { ServerParts } from './server-parts.ts';
import { answerCheck, answerCheckKeys, answerChecks } from './check-routes.ts';
import { answerExport } from './export-routes.ts';
import { answerQuery, answerSql, answerStanding, answerSurvival } from './query-routes.ts';
import { answerRates, answerRegistryBasis, answerRegistrySurvival } from './rate-routes.ts';
import {
  answerNamedReport,
  answerPages,
  answerPlan,
  answerReports,
  answerRetirePlan,
} from './planned-report-routes.ts';
import { answerRegistry, answerRegistryEdits } from './registry-routes.ts';
import { answerCatalogue, answerExplain, answerHealth, answerRelease } from './report-routes.ts';
import { answerKeep, answerKept, answerRetire, answerStoreFile, keptLists, storeProblem } from './store-routes.ts';
import {
  answerDifference,
  answerPreview,
  answerPreviewEdits,
  answerPreviewKeys,
  answerSubmissions,
} from './submission-routes.ts';
import { slots } from './slots.ts';
import { answerTable } from './table-routes.ts';
import { answerSchema, answerWorkbench } from './workbench-routes.ts';
import { answerLabels, answerWorklist, answerWorklists } from './worklist-routes.ts';

/**
 * Every address of the server, as a function from Request to Response: no socket is needed to ask it.
 *
 * A person's mistake becomes 400 with its sentence, our fault 500 without any detail (that goes to the log), and an
 * address of the API that is not there 404; every other path without a file ending is a page.
 */
export const routes = (parts: ServerParts): Hono => {
  const app = new Hono();
  app.use(setSecurityHeaders);
  if (parts.loopbackOnly) app.use(refuseForeignHost);

  app.get('/api/health', () => answerHealth(parts));
  app.get('/api/release', (context) => answerRelease(parts, context.req.raw));
  app.get('/api/catalogue', (context) => answerCatalogue(parts, context.req.raw));
  app.get('/api/checks', () => answerChecks(parts));
  app.get('/api/checks/:id', (context) => answerCheck(parts, context.req.param('id')));
  app.get('/api/checks/:id/keys', (context) => answerCheckKeys(parts, context.req.param('id'), context.req.raw));
  app.get('/api/runs', (context) => answerRuns(parts, context.req.raw));
  app.get('/api/runs/:id', (context) => answerRun(parts, context.req.param('id')));
  app.get('/api/arrivals', () => answerArrivals(parts));
  app.get('/api/quarantine', () => answerQuarantine(parts));
  app.get('/api/sources', () => answerSources(parts));
  app.get('/api/submissions', () => answerSubmissions(parts));
  app.get('/api/registry', () => answerRegistry(parts));
  app.get('/api/registry/edits', (context) => answerRegistryEdits(parts, context.req.raw));
  app.get('/api/submissions/:profile', (context) =>
    answerPreview(parts, context.req.param('profile'), context.req.raw),
  );
  app.get('/api/submissions/:profile/edits', (context) =>
    answerPreviewEdits(parts, context.req.param('profile'), context.req.raw),
  );
  app.get('/api/submissions/:profile/edits/:edit', (context) =>
    answerPreviewKeys(parts, context.req.param('profile'), context.req.param('edit'), context.req.raw),
  );
  app.get('/api/submissions/:profile/packages/:id', (context) =>
    answerDifference(parts, context.req.param('profile'), context.req.param('id'), context.req.raw),
  );
  app.get('/api/releases/compare', (context) => answerComparison(parts, context.req.raw));
  app.post('/api/releases/:id/rollback', refuseUnlessLoopback(parts.loopbackOnly), refuseForeignOrigin, (context) =>
    answerRollBack(parts, context.req.param('id')),
  );
  app.get('/api/explain/:metric', (context) => answerExplain(parts, context.req.param('metric')));
  app.post('/api/query', (context) => answerQuery(parts, context.req.raw));
  app.post('/api/sql', (context) => answerSql(parts, context.req.raw));
  app.post('/api/batch', (context) => answerBatch(parts, context.req.raw));
  app.post('/api/cube', (context) => answerCube(parts, context.req.raw));
  app.get('/api/standing', (context) => answerStanding(parts, context.req.raw));
  app.post('/api/survival', (context) => answerSurvival(parts, context.req.raw));
  app.get('/api/registry-basis', () => answerRegistryBasis(parts));
  app.post('/api/rates', (context) => answerRates(parts, context.req.raw));
  app.post('/api/registry-survival', (context) => answerRegistrySurvival(parts, context.req.raw));
  app.get('/api/:name{export\\.(csv|json|arrow|parquet|xlsx)}', (context) => answerExport(parts, context.req.raw));
  app.post('/api/:name{table\\.(arrow|parquet)}', refuseForeignOrigin, (context) => answerTable(context.req.raw));
  app.get('/api/schema', () => answerSchema(parts));
  app.post('/api/workbench', refuseForeignOrigin, (context) => answerWorkbench(parts, context.req.raw));
  for (const list of keptLists) {
    const guards = [refuseUnlessLoopback(parts.loopbackOnly), refuseForeignOrigin] as const;
    app.get(`/api/${list}`, (context) => answerKept(parts, list, context.req.raw));
    app.post(`/api/${list}`, ...guards, (context) => answerKeep(parts, list, context.req.raw));
    app.post(`/api/${list}/:id/retire`, ...guards, (context) =>
      answerRetire(parts, list, context.req.param('id'), context.req.raw),
    );
  }
  const forReports = { ...parts, withDrawing: slots(1) };
  app.get('/api/reports', () => answerReports(parts));
  app.post('/api/reports', refuseUnlessLoopback(parts.loopbackOnly), refuseForeignOrigin, (context) =>
    answerPlan(forReports, context.req.raw),
  );
  app.post('/api/reports/:id/retire', refuseUnlessLoopback(parts.loopbackOnly), refuseForeignOrigin, (context) =>
    answerRetirePlan(parts, context.req.param('id'), context.req.raw),
  );
  app.get('/api/report/:file{.+\\.(pdf|html|xlsx|csv)}', (context) =>
    answerNamedReport(forReports, context.req.param('file'), context.req.raw),
  );
  app.get('/api/:name{report\\.(pdf|html|xlsx|csv)}', (context) =>
    answerPages(forReports, context.req.param('name').slice('report.'.length), context.req.raw),
  );
  app.get('/api/store.yaml', () => answerStoreFile(parts));
  app.get('/api/worklists', () => answerWorklists(parts));
  app.get('/api/worklist/:id', (context) => answerWorklist(parts, context.req.param('id'), context.req.raw));
  app.post('/api/labels', (context) => answerLabels(parts, context.req.raw));
  app.all('/api/*', (context) => unknownAddress(context));
  app.get('*', (context) => parts.files().answer(context.req.raw) ?? unknownAddress(context));
  app.notFound((context) => unknownAddress(context));
  app.onError((error, context) => failure(parts, error, context.req.raw.signal));
  return app;
};

const unknownAddress = (context: Context): Response =>
  problem(404, {
    title: 'There is no such thing here',
    detail: `${context.req.method} ${new URL(context.req.url).pathname} is not an address of this server; dashboard/server/README.md lists them.`,
  });

const failure = (parts: ServerParts, error: Error, signal: AbortSignal): Response => {
  if (error instanceof StoreFault) return storeProblem(error);
  if (error instanceof UserError) return userProblem(error);
  // Nobody is listening any more: the query was interrupted because the page moved on.
  if (signal.aborted) return new Response(null, { status: 499 });
  parts.onTrouble(error);
  return problem(500, {
    title: 'Something failed on our side',
    detail: 'The server wrote the details to its log; the current release is still served.',
  });
};
