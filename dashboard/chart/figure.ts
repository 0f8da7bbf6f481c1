import type { Remarks } from '../data/annotation.ts';
import type { Answer } from '../data/answer.ts';
import type { Catalogue, Metric } from '../data/catalogue.ts';
import type { Scope } from '../data/scope.ts';
import type { Drawing } from './drawing.ts';

/** A chart and its words before it has a width: what the screen and a report both show of an answer. */
export interface Figure {
  readonly title: string;
  /** What it shows and of what, for the line beneath its title. */
  readonly note: string;
  /** null: nothing to draw, for the reason in `empty`. */
  readonly drawing: ((width: number) => Drawing) | null;
  /** What would fill it, as a sentence. */
  readonly empty: string;
  /** What a file of it says of its numbers: filters, how far complete, by which definitions. */
  readonly facts: Readonly<Record<string, string>>;
}

/** What every figure of one metric is made from. */
export interface FigureInput {
  readonly catalogue: Catalogue;
  readonly scope: Scope;
  /** With the target that is in force. */
  readonly metric: Metric;
  /** null while nothing has come back. */
  readonly answer: Answer | null;
  /** What people said of this series; left out: nothing. */
  readonly remarks?: Remarks;
}

/** What the numbers of an answer stand on, by name; nothing while there is none. */
export const factsOf = (answer: Answer | null): Figure['facts'] =>
  answer === null
    ? {}
    : {
        release: answer.release,
        'as of': answer.asOf,
        'complete through': answer.completeThrough ?? 'not known',
        definitions: answer.asked.metrics.map((id) => `${id} ${answer.versionOf.get(id) ?? 'not known'}`).join(', '),
        asked: JSON.stringify(answer.asked),
      };

/** The parts of a note that say anything, in one line. */
export const noteOfParts = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');
