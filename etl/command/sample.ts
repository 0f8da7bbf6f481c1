import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../warehouse/error.ts';
import type { Catalogue } from '../../warehouse/metric/catalogue.ts';
import type { Reader } from '../../warehouse/open.ts';
import { readContracts, type Contract } from '../contract/contract.ts';
import { listTable } from '../print/list-table.ts';
import { printTable } from '../print/print-table.ts';
import {
  chosen,
  designJson,
  drawing,
  drawnCount,
  stratumRows,
  worksheetRequest,
  type Drawing,
} from '../sample/drawing.ts';
import type { RandomDesign, SizeSource } from '../sample/design.ts';
import { readFrame, type Frame } from '../sample/frame.ts';
import { readChosen } from '../sample/judgmental.ts';
import { moreAudits } from '../sample/more-audits.ts';
import { worksheet } from '../sample/worksheet.ts';
import { refuseUsedFolder, sampleFiles, writeSample } from '../sample/write-sample.ts';
import { onCurrentRelease, workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import {
  readSampleOptions,
  termsOf,
  type AskedJudgmental,
  type AskedRandom,
  type SampleOptions,
} from './sample-options.ts';

/** `himsight sample`: draws the records to audit and writes the worksheet that the audits are written down in. */
export const sampleCommand = async (invocation: Invocation, options: SampleOptions): Promise<ExitCode> => {
  const asked = readSampleOptions(options);
  const folder = resolve(invocation.cwd, asked.out);
  refuseUsedFolder(folder, asked.out);
  const workspace = workspaceOf(invocation);
  return onCurrentRelease(workspace, async (reader, catalogue) => {
    const sized = asked.kind === 'judgmental' ? asked : { ...asked, size: await sizeOn(reader, catalogue, asked) };
    const connection = await reader.connect();
    try {
      const drawn = await draw(connection, reader.release, sized, invocation);
      const sheets = await worksheet(connection, auditContracts(), worksheetRequest(drawn));
      writeSample(folder, drawn, sheets);
      await print(invocation, drawn, asked.out);
      return 0;
    } finally {
      connection.closeSync();
    }
  });
};

/** Where the size is to be what decides a metric, that is asked of the release now. */
const sizeOn = async (reader: Reader, catalogue: Catalogue, { size, frame }: AskedRandom): Promise<SizeSource> =>
  size.kind === 'more' ? { ...size, ...(await moreAudits(reader, catalogue, size.metric, frame.where)) } : size;

const draw = async (
  connection: DuckDBConnection,
  release: string,
  asked: AskedRandom | AskedJudgmental,
  { cwd }: Invocation,
): Promise<Drawing> => {
  if (asked.kind === 'judgmental') {
    const frame = await readChosen(connection, resolve(cwd, asked.records));
    return chosen(release, frame, termsOf(asked, frame));
  }
  const frame = await readFrame(connection, asked.frame);
  refuseOwnWork(frame, asked.auditor);
  const design: RandomDesign = { ...asked, seed: asked.seed ?? randomInt(1, 100_000_000) };
  return drawing(release, frame, design, termsOf(asked, frame));
};

/** @throws UserError where the auditor coded a record that could be drawn */
const refuseOwnWork = ({ records }: Frame, auditor: string | null): void => {
  const own = records.filter(({ coder }) => coder === auditor).length;
  if (own > 0)
    throw new UserError(
      `\`--auditor ${auditor}\` coded ${own} of the ${records.length} records of the frame, and nobody audits own work.`,
      { mend: 'Name another auditor, or keep other coders alone with --where coder=ID, once for each.' },
    );
};

const auditContracts = (): { readonly review: Contract; readonly code: Contract } => {
  const contracts = readContracts();
  const named = (id: string): Contract => {
    const contract = contracts.get(id);
    if (!contract) throw new Error(`There is no contract ${id}.`);
    return contract;
  };
  return { review: named('audit_review'), code: named('audit_code') };
};

const print = async ({ output }: Invocation, drawn: Drawing, out: string): Promise<void> => {
  const rows = stratumRows(drawn);
  const design = designJson(drawn);
  const names = ['stratum', 'stratum_name', 'N_h', 'n_h', 'weight'];
  await printTable(output, {
    table: listTable(names, rows),
    about: { release: drawn.release, design },
    json: { release: drawn.release, design, rows },
  });
  const { seed } = drawn.design ?? {};
  const { length: size } = drawn.frame.records;
  output.say(
    drawn.design === null
      ? `${drawnCount(drawn)} records chosen by judgment.`
      : `${drawnCount(drawn)} of ${size} records drawn with seed ${seed}.`,
  );
  if (drawn.frame.withoutCoder > 0)
    output.say(`${drawn.frame.withoutCoder} records are not in the frame, since their final coding names no coder.`);
  output.say(`Worksheet in ${out}: ${sampleFiles.join(', ')}.`);
};
