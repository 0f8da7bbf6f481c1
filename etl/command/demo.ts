import { resolve } from 'node:path';
import { writeDemo } from '../demo/demo.ts';
import { progressOn } from '../print/progress.ts';
import { demoDefaults } from './demo-defaults.ts';
import type { ExitCode, Invocation } from './invocation.ts';
import { numberOption } from './number-option.ts';

export interface DemoOptions {
  readonly encounters?: string;
  readonly months?: string;
  readonly seed?: string;
  readonly bad?: string;
}

/** `himsight demo [DIR]`: a synthetic hospital's workspace with extracts of every contract, the same for the same seed. */
export const demoCommand = async (
  invocation: Invocation,
  folder = '.himsight',
  options: DemoOptions,
): Promise<ExitCode> => {
  const { output } = invocation;
  const started = performance.now();
  const { progress, done } = progressOn(output);
  await writeDemo({
    folder: resolve(invocation.cwd, folder),
    encounters: numberOption('encounters', options.encounters, demoDefaults.encounters, { least: 1, whole: true }),
    months: numberOption('months', options.months, demoDefaults.months, { least: 1, whole: true }),
    seed: numberOption('seed', options.seed, demoDefaults.seed, { least: 0, whole: true }),
    bad: numberOption('bad', options.bad, demoDefaults.bad, { least: 0, most: 1 }),
    progress: (done, total, what) => progress(`Writing ${what}`, done, total),
  });
  done();
  output.say(
    `Demo workspace in ${folder}, written in ${((performance.now() - started) / 1000).toFixed(1)} s; its README tells the stories in it.`,
  );
  return 0;
};
