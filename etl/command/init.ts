import { resolve } from 'node:path';
import { initWorkspace } from '../workspace/init.ts';
import type { ExitCode, Invocation } from './invocation.ts';

/** `himsight init [DIR]`: a commented himsight.yaml to begin with. */
export const initCommand = async ({ cwd, output }: Invocation, folder = '.'): Promise<ExitCode> => {
  const file = initWorkspace(resolve(cwd, folder));
  output.say(`${file} is written. Name your extracts in it under \`sources\`, then run \`himsight run\`.`);
  return 0;
};
