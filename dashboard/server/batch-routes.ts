import { UserError } from '../../warehouse/error.ts';
import { answer } from '../../warehouse/query/answer.ts';
import { answerBeside } from '../../warehouse/query/beside-release.ts';
import type { Side } from '../../warehouse/query/compare-releases.ts';
import type { ColumnTable } from '../../warehouse/query/column-table.ts';
import { cube, type CubeTold } from '../../warehouse/query/cube.ts';
import { readCubeView } from '../../warehouse/query/cube-view.ts';
import { aboutAnswer, encodeTable } from '../../warehouse/query/encode.ts';
import { survival } from '../../warehouse/query/survival.ts';
import { tableToRows } from '../../warehouse/query/text-formats.ts';
import { readViewState, type ViewState } from '../../warehouse/query/view-state.ts';
import { json, onNamedRelease, onTwoReleases, type NamedRelease, type ServerParts } from './server-parts.ts';
import { jsonBody, wantedFormat } from './view-request.ts';

/** A page has cells, totals both ways and a curve; a batch of hundreds is a mistake. */
const mostQuestions = 20;

/** One part of a view: the values of a view state, or the Kaplan–Meier curves of its one metric. */
interface Question {
  readonly kind: 'values' | 'curves';
  readonly view: ViewState;
  /** Whether the numbers of the release that the batch is held against stand beside its own. */
  readonly isBeside: boolean;
}

interface Answered {
  readonly table: ColumnTable;
  readonly about: Readonly<Record<string, unknown>>;
}

/**
 * `POST /api/batch` `{release, against, questions: [{kind, view, isBeside}]}`: all that one page shows, of one release, in
 * one request; beside the numbers of another release where `against` names it, for the questions that say so.
 *
 * `release` null or left out is the one served. The answers come in the order asked: as JSON `{release, answers}`, or, where
 * `Accept` names Arrow, as Arrow streams one after the other, each after its length in bytes (four, least significant first).
 */
export const answerBatch = async (parts: ServerParts, request: Request): Promise<Response> => {
  const { release, against, questions } = readBatch(await jsonBody(request));
  return onTwoReleases(parts, release, against, async (current, other) => {
    const [now, then] = [sideOf(current), other && sideOf(other)];
    if (wantedFormat(request) !== 'json') return framedResponse(await answersOf(now, then, questions, request.signal));
    const answers: Answered[] = [];
    for (const question of questions) answers.push(await ask(now, then, question, request.signal));
    return json({
      release: now.reader.release,
      answers: answers.map(({ table, about }) => ({ ...about, rows: tableToRows(table) })),
    });
  });
};

/**
 * `POST /api/cube` `{release, cube, questions}`: the sums from which a page answers these and all like questions itself, or,
 * where there is no such cube, the answers as the batch has them.
 *
 * The answer is framed as that of the batch. First stands what is told of it, as JSON (`CubeTold`); then the cube's
 * tables, or the answers, as Arrow streams.
 */
export const answerCube = async (parts: ServerParts, request: Request): Promise<Response> => {
  const body = await jsonBody(request);
  const { release, questions } = readBatch(body);
  const wish = readCubeView((body as { readonly cube?: unknown }).cube);
  return onNamedRelease(parts, release, async (reader, { catalogue }) => {
    const found = await cube(reader, catalogue, wish, request.signal);
    const isThere = 'about' in found;
    const told: CubeTold = isThere ? { tier: 'cube', about: found.about } : { tier: 'marts', refused: found.refused };
    const streams = isThere
      ? await Promise.all(found.tables.map((table) => encodeTable(table, {}, 'arrow')))
      : await answersOf({ reader, catalogue }, null, questions, request.signal);
    return framedResponse([new TextEncoder().encode(JSON.stringify(told)), ...streams]);
  });
};

const sideOf = ({ reader, prepared }: NamedRelease): Side => ({ reader, catalogue: prepared.catalogue });

const answersOf = async (
  now: Side,
  then: Side | null,
  questions: readonly Question[],
  signal: AbortSignal,
): Promise<readonly Uint8Array[]> => {
  const streams: Uint8Array[] = [];
  for (const question of questions) {
    const { table, about } = await ask(now, then, question, signal);
    streams.push(await encodeTable(table, about, 'arrow'));
  }
  return streams;
};

const framedResponse = (streams: readonly Uint8Array[]): Response =>
  new Response(framed(streams), {
    headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store', vary: 'accept' },
  });

const ask = async (now: Side, then: Side | null, { kind, view, isBeside }: Question, signal: AbortSignal) => {
  const { reader, catalogue } = now;
  if (kind === 'values') {
    const answered =
      then !== null && isBeside
        ? await answerBeside(now, then, view, signal)
        : await answer(reader, catalogue, view, signal);
    return { table: answered.table, about: aboutAnswer(answered) };
  }
  const [metric = ''] = view.metrics;
  const table = await survival(reader, catalogue, view, metric, signal);
  return { table, about: { release: reader.release, metric } };
};

interface Batch {
  readonly release: string | null;
  readonly against: string | null;
  readonly questions: readonly Question[];
}

const readBatch = (body: unknown): Batch => {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const { release = null, against = null, questions } = given;
  if (release !== null && typeof release !== 'string') throw new UserError('`release` must be the id of a release.');
  if (against !== null && typeof against !== 'string') throw new UserError('`against` must be the id of a release.');
  if (!Array.isArray(questions) || questions.length === 0 || questions.length > mostQuestions)
    throw new UserError(`\`questions\` must be a list of 1 to ${mostQuestions} questions.`);
  return { release, against, questions: (questions as readonly unknown[]).map(readQuestion) };
};

const readQuestion = (value: unknown): Question => {
  const { kind, view, isBeside } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Question>;
  if (kind !== 'values' && kind !== 'curves') throw new UserError('`kind` must be values or curves.');
  const read = readViewState(view);
  if (kind === 'curves' && read.metrics.length > 1)
    throw new UserError('`metrics`: curves are drawn of one metric; name just one.');
  return { kind, view: read, isBeside: isBeside === true };
};

const framed = (streams: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(streams.reduce((sum, stream) => sum + 4 + stream.length, 0));
  const lengths = new DataView(bytes.buffer);
  let at = 0;
  for (const stream of streams) {
    lengths.setUint32(at, stream.length, true);
    bytes.set(stream, at + 4);
    at += 4 + stream.length;
  }
  return bytes;
};
