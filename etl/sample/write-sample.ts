import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import { tableToCsv } from '../../warehouse/query/text-formats.ts';
import { listTable } from '../print/list-table.ts';
import { coverOf } from './cover.ts';
import { designJson, type Drawing } from './drawing.ts';
import { workbookOf } from './workbook.ts';
import type { Sheet } from './worksheet.ts';

/** Names of the files of a worksheet. */
export const sampleFiles = ['audit_review.csv', 'audit_code.csv', 'worksheet.xlsx', 'design.json'] as const;

/** @throws UserError where the folder holds anything, or is none: nothing is ever overwritten */
export const refuseUsedFolder = (folder: string, asTyped: string): void => {
  if (!existsSync(folder)) return;
  const isFolder = statSync(folder).isDirectory();
  if (isFolder && readdirSync(folder).length === 0) return;
  throw new UserError(
    `\`--out ${asTyped}\` ${isFolder ? 'is a folder with files in it' : 'is no folder'}: a worksheet overwrites nothing.`,
    {
      mend: 'Name a folder that is new or empty.',
    },
  );
};

/** Writes the worksheet into a folder, for its owner's eyes alone: it holds ids and codes of records. */
export const writeSample = (
  folder: string,
  drawing: Drawing,
  { review, code }: { readonly review: Sheet; readonly code: Sheet },
): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const contents: Readonly<Record<(typeof sampleFiles)[number], string | Uint8Array>> = {
    'audit_review.csv': csvOf(review),
    'audit_code.csv': csvOf(code),
    'worksheet.xlsx': workbookOf(coverOf(drawing), review, code),
    'design.json': `${JSON.stringify(designJson(drawing), null, 2)}\n`,
  };
  for (const name of sampleFiles) writeFileSync(join(folder, name), contents[name], { mode: 0o600, flag: 'wx' });
};

const csvOf = ({ contract, rows }: Sheet): string =>
  tableToCsv(
    listTable(
      contract.columns.map(({ name }) => name),
      rows,
    ),
  );
