import type { ViewState } from '../../../warehouse/query/view-state.ts';
import { stubAnswer, stubSurvival } from './answer.ts';

/** The body of `POST /api/batch`. */
export interface StubBatch {
  readonly release: string | null;
  readonly against?: string;
  readonly questions: readonly {
    readonly kind: 'values' | 'curves';
    readonly view: ViewState;
    readonly isBeside?: boolean;
  }[];
}

const answers = ({ questions, against }: StubBatch, release: string): readonly Uint8Array[] =>
  questions.map(({ kind, view, isBeside = false }) =>
    kind === 'curves' ? stubSurvival(release) : stubAnswer(view, release, false, isBeside ? (against ?? null) : null),
  );

/** As `POST /api/batch` answers: each stream after its length. */
export const stubBatch = (batch: StubBatch, release: string): Uint8Array => framed(answers(batch, release));

/** As `POST /api/cube` answers where there is no cube: why, and then as a batch. */
export const stubCube = (batch: StubBatch, release: string): Uint8Array =>
  framed([Buffer.from(JSON.stringify({ tier: 'marts', refused: 'the stub has none' })), ...answers(batch, release)]);

const framed = (streams: readonly Uint8Array[]): Uint8Array => {
  const parts = streams.flatMap((stream) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(stream.length);
    return [length, stream];
  });
  return Buffer.concat(parts);
};
