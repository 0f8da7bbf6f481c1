#!/usr/bin/env node
// The command itself, on any Node from 18: where the running one is too old for TypeScript as it stands, the Node this
// clone pins takes over, with the same terminal, signals and exit code.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';

const oldest = 24;

// Every running query holds a thread of libuv's pool. Its size is read when the pool starts, which is not yet.
process.env.UV_THREADPOOL_SIZE ??= '16';

// A package is one long stream: what waits for the collector between two rows is all memory, and a large nursery is a large wait.
if (process.argv.includes('submit')) v8.setFlagsFromString('--semi-space-growth-factor=1');

if (Number(process.versions.node.split('.')[0]) >= oldest) {
  // Keeps what became of the TypeScript between runs: starting takes half as long.
  module.enableCompileCache();
  await import('./cli.ts');
} else {
  const pinned = ['bin/node', 'bin/node.exe']
    .map((path) => fileURLToPath(new URL(`../node_modules/node/${path}`, import.meta.url)))
    .find(existsSync);
  if (pinned === undefined) {
    console.error(
      `Himsight needs Node ${oldest}; this is ${process.versions.node}, and the Node this clone pins is not installed.\n` +
        'Run `npm ci` in the clone.',
    );
    process.exit(2);
  }
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`The pinned Node cannot be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}
