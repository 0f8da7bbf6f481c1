import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../warehouse/error.ts';
import { nearest } from '../../warehouse/metric/nearest.ts';
import { identifier } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { byBytes, digest } from './digest.ts';
import type { Drawable } from './draw.ts';

/** What a frame may be filtered and stratified by → its column. */
export const frameDimensions = {
  coder: 'coder_id',
  facility: 'facility_id',
  service: 'service_line',
  patient_class: 'patient_class',
} as const;

export type FrameDimension = keyof typeof frameDimensions;

/** A record whose coding is final: what can be audited. */
export interface FrameRecord extends Drawable, Readonly<Record<FrameDimension, string | null>> {
  readonly coder: string;
}

/** Which records a sample is drawn from. */
export interface FrameQuestion {
  /** Days of final coding: from inclusive, to exclusive, ISO; null = open. */
  readonly from: string | null;
  readonly to: string | null;
  /** Values kept, by dimension; the empty text stands for not known. */
  readonly where: Readonly<Partial<Record<FrameDimension, readonly string[]>>>;
  /** Whether records that any audit names already are left out. */
  readonly notAudited: boolean;
}

/** All records that could be drawn. */
export interface Frame {
  /** By encounter_id, bytewise. */
  readonly records: readonly FrameRecord[];
  /** sha256 of the ids in that order, a line feed between each two. */
  readonly hash: string;
  /** Records that fit but for the coder, whom their final coding does not name: they can be given to nobody. */
  readonly withoutCoder: number;
}

/** The first final coding of each encounter, by whom and on which day of the facility's calendar. */
const finalCoded = `select encounter_id, first_by(coder_id, event_at) as coder_id, min(event_date) as coded_date
  from core.coding_event where event = 'final_coded' and event_date is not null group by encounter_id`;

const codedRecord = `select encounter_id, coded_date, coded.coder_id, facility_id, service_line, patient_class
  from (${finalCoded}) as coded inner join core.encounter using (encounter_id)`;

/**
 * The records whose coding became final in the period, from the release at hand.
 *
 * @throws UserError for a value of a dimension that no coded record has, with near ones; where no record is left
 */
export const readFrame = async (connection: DuckDBConnection, question: FrameQuestion): Promise<Frame> => {
  await refuseUnknownValues(connection, question.where);
  const { sql, values } = conditionOf(question);
  const rows = await readRows(
    connection,
    `select encounter_id, cast(coded_date as varchar) as coded_date, coder_id, facility_id, service_line, patient_class
     from (${codedRecord}) as record where ${sql}`,
    values,
  );
  const records = rows
    .filter(({ coder_id: coder }) => coder !== null)
    .map((row) => ({
      encounterId: row.encounter_id as string,
      codedDate: row.coded_date as string,
      coder: row.coder_id as string,
      facility: row.facility_id as string | null,
      service: row.service_line as string | null,
      patient_class: row.patient_class as string | null,
    }))
    .sort((a, b) => byBytes(a.encounterId, b.encounterId));
  const withoutCoder = rows.length - records.length;
  if (records.length === 0) throw emptyFrame(withoutCoder);
  return { records, hash: digest(records.map(({ encounterId }) => encounterId).join('\n')), withoutCoder };
};

const emptyFrame = (withoutCoder: number): UserError =>
  new UserError(
    withoutCoder === 0
      ? 'The frame is empty: no record whose coding is final fits the period and the filters.'
      : `The frame is empty: the final coding of all ${withoutCoder} records that fit names no coder.`,
    {
      mend:
        withoutCoder === 0
          ? 'Widen --from and --to, or leave out a --where.'
          : 'Send `coder_id` with the final_coded events of coding_event.',
    },
  );

const conditionOf = ({ from, to, where, notAudited }: FrameQuestion): { sql: string; values: string[] } => {
  const values: string[] = [];
  const parameter = (value: string): string => `$${values.push(value)}`;
  const parts = [
    ...(from === null ? [] : [`coded_date >= cast(${parameter(from)} as date)`]),
    ...(to === null ? [] : [`coded_date < cast(${parameter(to)} as date)`]),
    ...Object.entries(where).map(
      ([dimension, kept]) =>
        `coalesce(${identifier(frameDimensions[dimension as FrameDimension])}, '') in (${kept.map(parameter).join(', ')})`,
    ),
    ...(notAudited ? ['encounter_id not in (select encounter_id from core.audit_review)'] : []),
  ];
  return { sql: parts.length === 0 ? 'true' : parts.join(' and '), values };
};

const refuseUnknownValues = async (connection: DuckDBConnection, where: FrameQuestion['where']): Promise<void> => {
  for (const [dimension, kept] of Object.entries(where)) {
    const column = identifier(frameDimensions[dimension as FrameDimension]);
    const rows = await readRows(
      connection,
      `select distinct ${column} as value from (${codedRecord}) as record where ${column} is not null order by 1`,
    );
    const known = rows.map(({ value }) => value as string);
    for (const value of kept)
      if (value !== '' && !known.includes(value))
        throw new UserError(`\`--where ${dimension}=${value}\`: no coded record has this ${dimension}.`, {
          mend: nearest(value, known),
        });
  }
};
