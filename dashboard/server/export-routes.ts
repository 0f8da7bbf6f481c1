import { answer } from '../../warehouse/query/answer.ts';
import { answerBeside } from '../../warehouse/query/beside-release.ts';
import { aboutAnswer, encodeTable, mediaTypes, type TableFormat } from '../../warehouse/query/encode.ts';
import type { ColumnTable } from '../../warehouse/query/column-table.ts';
import { withShares } from '../../warehouse/query/share-of-total.ts';
import { tableWorkbook, tooLong, workbookType } from '../report/table-workbook.ts';
import { problem } from './problem.ts';
import { onTwoReleases, type NamedRelease, type ServerParts } from './server-parts.ts';
import { exportOfAddress, type ExportRequest } from './view-request.ts';

/**
 * `GET /api/export.<csv|json|arrow|parquet|xlsx>?metrics=…`: the same answer as a file to keep, of the release served or one
 * named (`release=`), beside another one (`against=`), with shares of a total (`share=`). It says what was asked besides
 * what it speaks of; a CSV in lines before its header, where `about=yes` wants them.
 */
export const answerExport = (parts: ServerParts, request: Request): Promise<Response> => {
  const { pathname, searchParams } = new URL(request.url);
  const ending = pathname.slice(pathname.lastIndexOf('.') + 1);
  const asked = exportOfAddress(searchParams);
  return onTwoReleases(parts, asked.release, asked.against, async (now, then) => {
    const { table, ...about } = await exported(asked, now, then, request.signal);
    const named = { ...aboutAnswer({ table, ...about }), asked: asked.view, ...sharesSaid(asked) };
    const says = ending === 'xlsx' ? tooLong(table) : null;
    if (says !== null) return problem(400, { title: 'Too long for a workbook', detail: says });
    return fileResponse(table, named, { ending, stem: '', saysAbout: asked.saysAbout });
  });
};

interface FileWish {
  /** `csv`, `xlsx` … */
  readonly ending: string;
  /** What of, in the name of the file; empty of a view. */
  readonly stem: string;
  /** Whether a CSV says on lines before its header what it speaks of. */
  readonly saysAbout: boolean;
}

/** A table as a file to keep, named after the release it is of (`about.release`). */
export const fileResponse = async (
  table: ColumnTable,
  about: Readonly<Record<string, unknown>>,
  { ending, stem, saysAbout }: FileWish,
): Promise<Response> => {
  const isSheet = ending === 'xlsx';
  const format = (saysAbout && ending === 'csv' ? 'csv-about' : ending) as TableFormat;
  const bytes = isSheet ? tableWorkbook(stem || 'Numbers', table, about) : await encodeTable(table, about, format);
  const name = ['himsight', stem, String(about.release)].filter((part) => part !== '').join('-');
  return new Response(bytes, {
    headers: {
      'content-type': isSheet ? workbookType : mediaTypes[format],
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="${name}.${ending}"`,
    },
  });
};

const sharesSaid = ({ shareWithin }: ExportRequest): Readonly<Record<string, unknown>> =>
  shareWithin === null
    ? {}
    : { share: shareWithin.length === 0 ? 'of all' : `of all within each ${shareWithin.join(', ')}` };

const exported = async (
  { view, shareWithin }: ExportRequest,
  { reader, prepared }: NamedRelease,
  then: NamedRelease | null,
  signal: AbortSignal,
) => {
  const { catalogue } = prepared;
  const answered =
    then === null
      ? await answer(reader, catalogue, view, signal)
      : await answerBeside(
          { reader, catalogue },
          { reader: then.reader, catalogue: then.prepared.catalogue },
          view,
          signal,
        );
  if (shareWithin === null) return answered;
  return { ...answered, table: await withShares(reader, catalogue, view, answered.table, shareWithin, signal) };
};
