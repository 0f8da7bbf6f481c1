import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What one process took: wall and processor seconds, peak memory in MiB, and how it ended. */
export interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly exitCode: number | null;
  readonly output: string;
}

const usageModule = fileURLToPath(new URL('report-usage.ts', import.meta.url));

/**
 * Runs a script in a Node process of its own to its end and says what the process used, by its own account at exit.
 *
 * @throws Error when it ends with another exit code than 0
 */
export const measured = async (script: string, ...words: readonly string[]): Promise<Measured> => {
  const folder = mkdtempSync(join(tmpdir(), 'himsight-usage-'));
  const file = join(folder, 'usage.json');
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', usageModule, script, ...words], {
    env: { ...process.env, HIMSIGHT_USAGE_FILE: file, UV_THREADPOOL_SIZE: '16' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const seconds = (performance.now() - started) / 1000;
  if (exitCode !== 0) throw new Error(`${script} ${words.join(' ')} ended with ${exitCode}`);
  const usage = JSON.parse(readFileSync(file, 'utf8')) as { cpuSeconds: number; peakMiB: number };
  rmSync(folder, { recursive: true });
  return { seconds, ...usage, exitCode, output };
};

/** Quantile with linear interpolation between the two nearest values. */
export const quantile = (values: readonly number[], p: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const place = p * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
};
