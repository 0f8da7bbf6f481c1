import { openBuilder, type Builder } from '../../../warehouse/open.ts';
import { buildHospital } from '../../../etl/demo/hospital.ts';
import type { DemoArguments } from '../../../etl/demo/setting.ts';

/** The demo's tables in memory, before any extract is written; the caller closes it. */
export const hospital = async (demo: Partial<DemoArguments> = {}): Promise<Builder> => {
  const builder = await openBuilder(null);
  await buildHospital(builder.connection, { encounters: 100_000, months: 24, seed: 1, bad: 0, ...demo });
  return builder;
};
