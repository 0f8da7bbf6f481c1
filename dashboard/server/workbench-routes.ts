import { UserError } from '../../warehouse/error.ts';
import { mediaTypes, type TableFormat } from '../../warehouse/query/encode.ts';
import { openTables } from '../../warehouse/workbench/open-tables.ts';
import { notServing, problem } from './problem.ts';
import { json, onRelease, type ServerParts } from './server-parts.ts';
import { jsonBody } from './view-request.ts';

/** `POST /api/workbench` {sql, form}: the first rows of one SELECT on the release served, asked in a process of its own. */
export const answerWorkbench = async (parts: ServerParts, request: Request): Promise<Response> => {
  const { workbench } = parts;
  if (!workbench.isOpen) return shut(workbench.why);
  const { sql, form } = sqlOf(await jsonBody(request));
  // Not one of the slots of the pages' own queries: those are not to wait for a minute of somebody's SQL.
  const answered = await parts.served.use(async ({ reader: { release } }) => {
    const body = await workbench.ask({ release, sql, form }, request.signal);
    return new Response(body, {
      headers: {
        'content-type': mediaTypes[form],
        'cache-control': 'no-store',
        ...(form === 'json' || form === 'arrow'
          ? {}
          : { 'content-disposition': `attachment; filename="himsight-sql-${release}.${form}"` }),
      },
    });
  });
  return answered ?? notServing();
};

/** `GET /api/schema`: the tables SQL may read, with what they hold; and whether it may be asked here. */
export const answerSchema = (parts: ServerParts): Promise<Response> =>
  onRelease(parts, async (reader) =>
    json({
      release: reader.release,
      ...(parts.workbench.isOpen
        ? { isOpen: true, rows: parts.workbench.rows, seconds: parts.workbench.seconds }
        : { isOpen: false, why: parts.workbench.why }),
      tables: await openTables(reader),
    }),
  );

const shut = (why: string): Response => problem(403, { title: 'The workbench is shut here', detail: why });

const forms: readonly TableFormat[] = ['arrow', 'json', 'csv', 'parquet'];

const sqlOf = (body: unknown): { sql: string; form: TableFormat } => {
  const { sql, form = 'json' } = (body ?? {}) as { sql?: unknown; form?: unknown };
  if (typeof sql !== 'string') throw new UserError('`sql` is missing: send {"sql": "select …"}.');
  const known = forms.find((one) => one === form);
  if (known === undefined) throw new UserError(`\`form\` is one of ${forms.join(', ')}.`);
  return { sql, form: known };
};
