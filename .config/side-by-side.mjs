// Runs scripts of package.json side by side, each on a core of its own, and shows what each said when it is done:
// node .config/side-by-side.mjs check:types check:lint
import { spawn } from 'node:child_process';

const run = (script) =>
  new Promise((resolve) => {
    const said = [];
    const child = spawn('npm', ['run', '--silent', script], { shell: process.platform === 'win32' });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
    child.on('error', (error) => said.push(`${script} cannot be started: ${error.message}\n`));
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(said.map((each) => Buffer.from(each))));
      if (code !== 0) console.error(`${script} failed.`);
      resolve(code === 0);
    });
  });

const passed = await Promise.all(process.argv.slice(2).map(run));
process.exitCode = passed.every(Boolean) ? 0 : 1;
