import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchReport } from '../../../etl/land/batch-report.ts';
import { openRun } from '../../../etl/ledger/write-ledger.ts';
import { readMapping } from '../../../etl/mapping/mapping.ts';
import { noProgress } from '../../../etl/print/progress.ts';
import type { DecisionAction } from '../../../etl/quarantine/decision.ts';
import { decide, type Decided } from '../../../etl/quarantine/decide.ts';
import { listQuarantine, onStore, quarantineSummary, type QuarantineCount } from '../../../etl/quarantine/list.ts';
import { lookAtRows, type RefusedRow } from '../../../etl/quarantine/look.ts';
import { replaySource } from '../../../etl/quarantine/replay.ts';
import type { RowFilter } from '../../../etl/quarantine/shown-rows.ts';
import { readLandedState } from '../../../etl/raw/landed-state.ts';
import type { Source } from '../../../etl/workspace/workspace.ts';
import type { PlainRow } from '../../../warehouse/rows.ts';
import { Landing, contracts } from '../../support/landing.ts';

/** A landing with somebody who looks after what was refused. */
export class Desk extends Landing {
  get folders() {
    const { dataFolder } = this.workspace;
    return { dataFolder, ledgerFolder: join(dataFolder, 'ledger') };
  }

  decide(action: DecisionAction, filter: RowFilter, reason = 'as told by the registrar'): Promise<Decided> {
    return onStore((connection) =>
      decide(connection, {
        action,
        reason,
        by: 'kim',
        filter: { source: 'north', ...filter },
        contracts,
        ...this.folders,
      }),
    );
  }

  /** Refused rows as the list shows them, those columns alone. */
  async listed(columns: readonly string[], filter: RowFilter = {}): Promise<readonly PlainRow[]> {
    const { rows } = await onStore((connection) => listQuarantine(connection, this.folders, filter));
    return rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null])));
  }

  /** `rule state rows` of each line of the summary. */
  async counted(): Promise<readonly string[]> {
    const counts = await this.summary();
    return counts.map(({ rule, state, rows }) => `${rule} ${state} ${rows}`);
  }

  summary(): Promise<readonly QuarantineCount[]> {
    return quarantineSummary(this.folders.dataFolder, this.folders.ledgerFolder);
  }

  look(filter: RowFilter): Promise<readonly RefusedRow[]> {
    return onStore((connection) => lookAtRows(connection, this.folders, filter, { by: 'kim' }));
  }

  /** What `himsight quarantine replay` does before it publishes: lands what lies there, then replays what is gone. */
  async replay(which: RowFilter = {}, source: Source = this.source): Promise<readonly BatchReport[]> {
    const ledger = openRun(this.folders.ledgerFolder);
    const mapping = readMapping(source.mapping, contracts, source.contract);
    const landed = await readLandedState(this.folders.ledgerFolder);
    const { workspace } = this;
    try {
      return await replaySource({ source, workspace, contracts, mapping, landed, ledger, progress: noProgress, which });
    } finally {
      ledger.close();
    }
  }

  audit(): string {
    return readFileSync(join(this.folders.dataFolder, 'audit/quarantine.ndjson'), 'utf8');
  }
}

/** A source of encounters that lands whatever share of its rows is refused. */
export const encounters = (source: Partial<Source> = {}): Desk =>
  new Desk({ format: 'csv', contract: 'encounter', ...source });

const header = 'encounter_id,patient_key,facility_id,patient_class,admit_ts,discharge_ts,discharge_year,age_years,sex';

/** One row of an encounter extract: good unless told otherwise. */
export const visit = (
  id: string,
  { discharged = '2026-01-05 10:00:00', age = '50', sex = 'female', admitted = '2026-01-02 08:00:00' } = {},
): string => `${id},p${id},north,inpatient,${admitted},${discharged},2026,${age},${sex}`;

/** A stay that ends before it begins. */
export const backward = { discharged: '2026-01-01 07:00:00' };

export const csv = (...rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;
