import { address, line, prose } from './entry-schema.ts';
import type { Kept, Kind } from './kept.ts';

/** An address somebody wants to find again: live, or frozen where it names a release. */
export interface SavedView extends Kept {
  readonly name: string;
  /** Path and query: `/explore?metrics=…`. What of it still exists is for the page to say that opens it. */
  readonly address: string;
  readonly note?: string;
}

export const savedViewKind: Kind<SavedView> = {
  one: 'view',
  many: 'views',
  properties: {
    name: line(120, 'What it is called'),
    address: address('The view'),
    note: prose(2000, 'What it is for'),
  },
  required: ['name', 'address'],
  object: ({ name }, others) =>
    others.some((one) => one.name === name)
      ? {
          path: ['name'],
          says: 'there is a saved view of this name already.',
          mend: 'Choose another, or take that one back first.',
        }
      : null,
};
