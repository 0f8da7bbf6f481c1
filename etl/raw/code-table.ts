import { createHash } from 'node:crypto';
import { UserError } from '../../warehouse/error.ts';
import type { RawTable } from '../../warehouse/model/compiled.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { identifier } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { codeTableFingerprint, readCodeTable, tableRows, type CodeTable } from '../code-table/code-table.ts';
import type { CodeTableKind } from '../code-table/kind.ts';
import { configName, type Workspace } from '../workspace/workspace.ts';
import { codeTableColumns } from './code-table-columns.ts';
import type { RawColumn } from './raw-rows.ts';

/** Raw table → the kinds of `code_tables` its rows come from. */
const kindsOf: Readonly<Record<string, readonly CodeTableKind[]>> = {
  icd10cm_code: ['icd10cm'],
  icd10pcs_code: ['icd10pcs'],
  poa_exempt: ['poa_exempt'],
  ms_drg: ['ms_drg'],
  cc_code: ['cc', 'mcc'],
  mce_code: ['mce'],
  ccsr_code: ['ccsr'],
  site_recode: ['site_recode_2008', 'site_recode_2023'],
  standard_population: ['standard_population'],
  population: ['population'],
  life_table: ['life_table'],
  expected_cases: ['expected_cases'],
};

/**
 * The raw tables of `code_tables`, empty where none is named.
 *
 * @param intent `look`: fingerprints only, nothing is converted or written, and the tables have no rows
 * @throws UserError naming file, line or key, and what would be right
 */
export const codeTables = async (workspace: Workspace, intent: 'build' | 'look'): Promise<readonly RawTable[]> => {
  const raw: RawTable[] = [];
  for (const [name, kinds] of Object.entries(kindsOf)) {
    const columns = codeTableColumns[name]!;
    const tables: CodeTable[] = [];
    if (intent === 'build') for (const kind of kinds) tables.push(await readCodeTable(workspace, kind));
    const marks = kinds.map((kind) => codeTableFingerprint(workspace, kind));
    raw.push({
      name,
      columns,
      query: queryOf(name, columns, tables),
      fingerprint: createHash('sha256')
        .update(JSON.stringify([name, columns, marks]))
        .digest('hex'),
    });
    if (name === 'cc_code') await refuseBoth(tables);
  }
  return raw;
};

const queryOf = (name: string, columns: readonly RawColumn[], tables: readonly CodeTable[]): string => {
  const empty = `select ${columns.map((column) => `null::${column.type} as ${identifier(column.name)}`).join(', ')} where false`;
  const filled = tables.filter(({ parts }) => parts.length > 0).map(tableRows);
  const names = columns.map((column) => identifier(column.name));
  const rows = `select ${names.join(', ')} from (${[empty, ...filled].join('\nunion all by name\n')})`;
  return name === 'ms_drg' ? together(rows) : rows;
};

/** Weights and titles of one version may come in two files; of two titles the longer is the one not cut off. */
const together = (rows: string): string => `select drg_code, version, valid_from, valid_to,
  max(relative_weight) as relative_weight, max(gmlos) as gmlos, max(amlos) as amlos, max(mdc) as mdc,
  max(drg_type) as drg_type, arg_max(title, length(title)) as title, max(split) as split, max(base_drg) as base_drg
from (${rows}) group by all`;

/** @throws UserError where a code is both CC and MCC on one day */
const refuseBoth = async ([cc, mcc]: readonly CodeTable[]): Promise<void> => {
  if (!cc?.parts.length || !mcc?.parts.length) return;
  const { connection, close } = await openBuilder(null);
  try {
    const [found] = await readRows(
      connection,
      `select count(*) as n from (${tableRows(cc)}) as cc join (${tableRows(mcc)}) as mcc using (code)
      where cc.valid_from < coalesce(mcc.valid_to, date '9999-12-31') and mcc.valid_from < coalesce(cc.valid_to, date '9999-12-31')`,
    );
    if (Number(found?.n) > 0)
      throw new UserError(`${configName} \`code_tables\`: ${Number(found?.n)} codes are both CC and MCC on one day.`, {
        mend: 'Name the list of CCs without MCCs under `cc`, and lists of the same version under both.',
      });
  } finally {
    await close();
  }
};
