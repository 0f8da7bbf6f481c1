import type { DuckDBConnection } from '@duckdb/node-api';
import { readRows, type PlainRow } from '../../warehouse/rows.ts';
import type { Contract } from '../contract/contract.ts';
import type { AuditTerms, DesignKind } from './design.ts';
import { byBytes, digest } from './digest.ts';
import type { FrameRecord } from './frame.ts';

/** A value of a worksheet; null is an empty cell, to be filled in or left so. */
export type SheetValue = string | number | null;

/** Rows under the columns of a contract. */
export interface Sheet {
  readonly contract: Contract;
  readonly rows: readonly Readonly<Record<string, SheetValue>>[];
}

/** A record on the worksheet, and where it was drawn from. */
export interface WorksheetRecord {
  readonly record: FrameRecord;
  /** null of records chosen by judgment: they stand for no others. */
  readonly stratum: { readonly name: string; readonly size: number } | null;
}

/** What a worksheet is made of, beside its records. */
export interface WorksheetRequest {
  readonly kind: DesignKind;
  readonly terms: AuditTerms;
  /** sha256 of the frame, or of the list of records chosen; N of the frame and seed null of the latter. */
  readonly frame: { readonly hash: string; readonly size: number | null };
  readonly seed: number | null;
  readonly records: readonly WorksheetRecord[];
}

/** The id of an audit: the same for the same seed, frame and encounter, and another one for another of them. */
export const auditId = ({ seed, frame }: Pick<WorksheetRequest, 'seed' | 'frame'>, encounterId: string): string =>
  `audit-${digest(`${seed ?? 'judgmental'}:${frame.hash}:${encounterId}`).slice(0, 16)}`;

/** Both sheets of a worksheet, in the columns of their contracts: audits in the order drawn, each with its coder's codes. */
export const worksheet = async (
  connection: DuckDBConnection,
  contracts: { readonly review: Contract; readonly code: Contract },
  request: WorksheetRequest,
): Promise<{ readonly review: Sheet; readonly code: Sheet }> => {
  const ids = request.records.map(({ record }) => record.encounterId);
  const codes = Map.groupBy(await codesOf(connection, ids), ({ encounter_id: id }) => id as string);
  const groups = new Map((await groupsOf(connection, ids)).map((row) => [row.encounter_id as string, row]));
  return {
    review: {
      contract: contracts.review,
      rows: request.records.map((one) => reviewRow(request, one, groups.get(one.record.encounterId))),
    },
    code: {
      contract: contracts.code,
      rows: ids.flatMap((id) =>
        (codes.get(id) ?? [])
          .toSorted(byPlace)
          .map((row, i) => codeRow(auditId(request, id), i + 1, row, request.terms.prefilled)),
      ),
    },
  };
};

const reviewRow = (
  request: WorksheetRequest,
  { record, stratum }: WorksheetRecord,
  group: PlainRow | undefined,
): Readonly<Record<string, SheetValue>> => ({
  audit_id: auditId(request, record.encounterId),
  encounter_id: record.encounterId,
  audit_type: request.terms.auditType,
  sample_method: request.kind,
  stratum: stratum?.name ?? null,
  stratum_N: stratum?.size ?? null,
  frame_N: request.frame.size,
  seed: request.seed === null ? null : String(request.seed),
  coder_id: record.coder,
  auditor_id: request.terms.auditor,
  audit_period: request.terms.period,
  status: 'open',
  drg_original: (group?.drg_code ?? null) as string | null,
  weight_original: (group?.relative_weight ?? null) as number | null,
});

const codeRow = (
  id: string,
  line: number,
  row: PlainRow,
  isPrefilled: boolean,
): Readonly<Record<string, SheetValue>> => {
  const [code, poa, seq] = [row.code as string, row.poa as string | null, row.seq as number];
  return {
    audit_id: id,
    line,
    code_set: row.code_set as string,
    role: roleOf(row.code_set as string, row.is_first === true),
    coder_code: code,
    coder_poa: poa,
    coder_seq: seq,
    ...(isPrefilled ? { auditor_code: code, auditor_poa: poa, auditor_seq: seq } : {}),
  };
};

/** Order of the code sets on a worksheet, as on the face sheet of a record. */
const codeSets = ['ADMIT_DX', 'VISIT_REASON', 'ICD10CM', 'ICD9CM', 'ICD10PCS', 'ICD9PCS', 'CPT', 'HCPCS'];

const byPlace = (a: PlainRow, b: PlainRow): number =>
  codeSets.indexOf(a.code_set as string) - codeSets.indexOf(b.code_set as string) ||
  (a.seq as number) - (b.seq as number) ||
  byBytes(a.code as string, b.code as string);

const roleOf = (codeSet: string, isFirst: boolean): string => {
  if (codeSet === 'ADMIT_DX') return 'admit';
  if (codeSet === 'VISIT_REASON') return 'visit_reason';
  if (codeSet === 'CPT' || codeSet === 'HCPCS') return 'cpt';
  if (codeSet.endsWith('PCS')) return isFirst ? 'pcs_principal' : 'pcs';
  return isFirst ? 'pdx' : 'sdx';
};

const codesOf = (connection: DuckDBConnection, ids: readonly string[]): Promise<PlainRow[]> =>
  readRows(
    connection,
    `select encounter_id, code_set, seq, code, poa, seq = min(seq) over (partition by encounter_id, code_set) as is_first
     from core.encounter_code where stage = 'final' and ${amongIds}`,
    [JSON.stringify(ids)],
  );

const groupsOf = (connection: DuckDBConnection, ids: readonly string[]): Promise<PlainRow[]> =>
  readRows(
    connection,
    `select encounter_id, drg_code, relative_weight from core.encounter_drg
     where stage = 'final' and drg_type = 'MS' and ${amongIds}`,
    [JSON.stringify(ids)],
  );

// One parameter for all of them, however many they are.
const amongIds = `encounter_id in (select unnest(from_json($1, '["varchar"]')))`;
