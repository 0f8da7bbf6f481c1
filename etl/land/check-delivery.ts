import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { HeldError } from '../error.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryReport } from './land-batch.ts';
import type { LandRequest } from './land.ts';
import type { Period } from './name-period.ts';
import type { JudgedBatch } from './read-batch.ts';
import { batchesOf } from '../raw/landed-state.ts';
import { halfCovered, onClock } from '../raw/raw-rows.ts';
import { compareDeliveries, kindOf, namesOf } from '../raw/standing.ts';
import type { Verdict } from './verdict.ts';

/** @throws HeldError when what is said of a delivery is not enough for what its source takes it for */
export const checkStated = (
  { source, mapping }: Pick<LandRequest, 'source' | 'mapping'>,
  { stated, missing, isPeriodUnclear }: Delivery,
  names: readonly string[],
  missingNames: readonly string[],
): void => {
  const name = named(names);
  const kind = kindOf(source, stated);
  if (kind !== 'parts' && mapping.spansFiles)
    throw new HeldError(
      `${name} is held: mapping ${mapping.id} takes all files of source ${source.id} as one whole, since a case may be spread over them, and \`extract: ${kind}\` says otherwise`,
      'Leave out `extract` of the source, or of manifest.json.',
    );
  if (missing.length > 0)
    throw new HeldError(
      `${name} is held by rule manifest-file: ${named(missingNames)}, which manifest.json names in the same delivery, has not come`,
      'A whole that lacks a file would take out rows: send the file, or a manifest without it.',
    );
  if (kind !== 'snapshot') return;
  if (isPeriodUnclear)
    throw new HeldError(
      `${name} is held by rule snapshot-period: period_start and period_end of manifest.json are no days in order`,
      'Give the first day, and the first day no longer in it, such as 2026-08-01 and 2026-09-01.',
    );
  if (stated.period === null)
    throw new HeldError(
      `${name} is held by rule snapshot-period: neither its name nor a manifest says which period it holds all rows of`,
      'Name it such as encounter-2026-08.csv, or give period_start and period_end in manifest.json.',
    );
};

/** @throws HeldError when the rows of a delivery are not what it says it is, so that it would take out others' */
export const checkDelivery = async (
  connection: DuckDBConnection,
  { source, landed }: LandRequest,
  report: DeliveryReport,
  { verdicts, files }: JudgedBatch,
): Promise<void> => {
  const kind = kindOf(source, report.stated);
  if (kind === 'full') refuseEmpty(report, files);
  if (kind !== 'snapshot') return;
  for (const verdict of verdicts) {
    if (verdict.contract.period === null) refuseHalfCovered(source, batchesOf(landed, source.id), report);
    else await refuseOutside(connection, source.timezone, report, verdict, report.stated.period!);
  }
};

/** An extract without rows is what a sender's fault looks like; as a whole it would take out everything. */
const refuseEmpty = (report: DeliveryReport, files: JudgedBatch['files']): void => {
  if (files.some(({ records, manifestRows }) => records > 0 || manifestRows === 0)) return;
  throw new HeldError(
    `${named(namesOf(report))} is held by rule empty-full: it holds no rows, and as the whole it would take out all of source ${report.source}`,
    'Send it whole; if there are no rows any more, say so by `rows: 0` of the file in manifest.json.',
  );
};

const refuseOutside = async (
  connection: DuckDBConnection,
  timezone: string,
  report: DeliveryReport,
  { contract, view }: Verdict,
  period: Period,
): Promise<void> => {
  const { from, to } = onClock(period, contract, report.isInstant ? timezone : null);
  const time = identifier(contract.period!);
  // The day of an instant is the facility's, whose zone may be another than the source's.
  const slack = report.isInstant ? `interval 1 day` : `interval 0 day`;
  const [row] = await readRows(
    connection,
    `select count(*) as outside from ${view} where _broken is null
       and (${time} < timestamp ${literal(from)} - ${slack} or ${time} >= timestamp ${literal(to)} + ${slack})`,
  );
  const outside = Number(row?.outside);
  if (outside === 0) return;
  throw new HeldError(
    `${named(namesOf(report))} is held by rule outside-period: it says it holds ${period.from} to ${period.to} (not included), and ${outside.toLocaleString('en-US')} rows of ${contract.id} have a ${contract.period} outside`,
    'Mend the period in its name or in manifest.json: rows of that period would be taken out.',
  );
};

/** Without a date no row tells in which of two periods it is. */
const refuseHalfCovered = (
  source: LandRequest['source'],
  standing: LandRequest['landed']['batches'],
  report: DeliveryReport,
): void => {
  const rest = standing.filter(({ batch }) => batch !== report.batch && !report.supersedes.includes(batch));
  const pair = halfCovered(source, [...rest, report].sort(compareDeliveries)).find((one) => one.includes(report));
  const other = pair?.find((one) => one !== report);
  if (!other) return;
  const { from, to } = other.stated!.period!;
  throw new HeldError(
    `${named(namesOf(report))} is held by rule half-covered: its period and that of ${named(namesOf(other))}, ${from} to ${to} (not included), share days though the later holds not all of the earlier, and its rows have no date to tell which are meant`,
    'Send snapshots of periods that lie apart or one within the other, the wider one later.',
  );
};

const named = (names: readonly string[]): string =>
  names.length === 1 ? names[0]! : `${names[0]} and ${names.length - 1} more`;
