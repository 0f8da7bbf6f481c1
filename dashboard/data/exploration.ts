import { readAnswer, readSurvivalGroups, type Answer, type SurvivalGroup } from './answer.ts';
import type { Question } from './explore-question.ts';

/** All that came back for one view, of one release. */
export interface Exploration {
  readonly release: string;
  /** The questions it answers, which may no longer be those of the page. */
  readonly asked: readonly Question[];
  readonly cells: Answer;
  /** Totals: below each column, beside each row, and of everything; null where the view has no such split. */
  readonly foot: Answer | null;
  readonly side: Answer | null;
  readonly corner: Answer | null;
  /** By each dimension that stands beside, all filters but its own in force. */
  readonly beside: readonly Answer[];
  /** Metric id → its curves, one a group. */
  readonly curves: ReadonlyMap<string, readonly SurvivalGroup[]>;
  readonly tier: Tier;
}

/** Where numbers come from: sums that the page holds, of so many cells by these dimensions, or the server's marts. */
export type Tier =
  | { readonly name: 'cube'; readonly cells: number; readonly by: readonly string[] }
  /** `refused`: why there is no cube, as a part of a sentence; null where none was asked for. */
  | { readonly name: 'marts'; readonly refused: string | null };

/** The streams of a batch: each stands after its length in bytes (four, least significant first). */
export const streamsOf = (bytes: Uint8Array): readonly Uint8Array[] => {
  const lengths = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const streams: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = lengths.getUint32(at, true);
    streams.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return streams;
};

/** Reads the answer of `POST /api/batch` to these questions. @throws Error where it holds fewer */
export const readExploration = (bytes: Uint8Array, asked: readonly Question[]): Exploration =>
  explorationOf(streamsOf(bytes), asked, null);

/** The same of streams taken apart already. `refused`: why they come from the marts and not out of a cube. */
export const explorationOf = (
  streams: readonly Uint8Array[],
  asked: readonly Question[],
  refused: string | null,
): Exploration => {
  if (streams.length !== asked.length) throw new Error('The server answered another number of questions than asked.');
  const answerOf = (part: Question['part']): Answer | null => {
    const at = asked.findIndex((question) => question.part === part);
    const [stream, question] = [streams[at], asked[at]];
    return stream === undefined || question === undefined ? null : readAnswer(stream, question.view);
  };
  const cells = answerOf('cells');
  if (cells === null) throw new Error('A view without cells was asked.');
  const curves = asked.flatMap(({ part, view }, at) => {
    const stream = streams[at];
    if (part !== 'curves' || stream === undefined) return [];
    return [[view.metrics[0] ?? '', readSurvivalGroups(stream, view.by)] as const];
  });
  return {
    release: cells.release,
    asked,
    cells,
    foot: answerOf('foot'),
    side: answerOf('side'),
    corner: answerOf('corner'),
    beside: asked.flatMap(({ part, view }, at) =>
      part === 'beside' && streams[at] !== undefined ? [readAnswer(streams[at], view)] : [],
    ),
    curves: new Map(curves),
    tier: { name: 'marts', refused },
  };
};
