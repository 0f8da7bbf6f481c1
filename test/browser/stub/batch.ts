import type { ViewState } from '../../../warehouse/query/view-state.ts';
import { stubAnswer, stubSurvival } from './answer.ts';

/** The body of `POST /api/batch`. */
export interface StubBatch {
  readonly release: string | null;
  readonly questions: readonly { readonly kind: 'values' | 'curves'; readonly view: ViewState }[];
}

/** As `POST /api/batch` answers: each stream after its length. */
export const stubBatch = ({ questions }: StubBatch, release: string): Uint8Array => {
  const streams = questions.map(({ kind, view }) =>
    kind === 'curves' ? stubSurvival(release) : stubAnswer(view, release),
  );
  const parts = streams.flatMap((stream) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(stream.length);
    return [length, stream];
  });
  return Buffer.concat(parts);
};
