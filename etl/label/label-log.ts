import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../workspace/workspace.ts';
import type { LabelKind } from './label-file.ts';

/** One look at labels: how many, never which. */
export interface LabelLook {
  readonly kind: LabelKind;
  readonly asked: number;
  readonly found: number;
  /** The list the ids stood in; null outside any. */
  readonly worklist: string | null;
  readonly release: string | null;
}

/**
 * Writes a look down in `data/audit/label.ndjson`, append-only and readable by its owner alone. It is on the disk before
 * the call returns, and so before any label is shown.
 */
export const writeLabelLook = ({ dataFolder }: Workspace, look: LabelLook): void => {
  const folder = join(dataFolder, 'audit');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = openSync(join(folder, 'label.ndjson'), 'a', 0o600);
  try {
    writeSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...look })}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};
