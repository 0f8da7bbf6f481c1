/**
 * Keeps views in a process of its own, for tests of several writers. Arguments: the store folder, a name for this
 * writer, how many, and `die` to be killed when the first is written beside the file and not yet renamed.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { openStore } from '../../../dashboard/store/store.ts';

const [folder = '', writer = '', count = '0', die = ''] = process.argv.slice(2);

if (die === 'die') {
  const rename = fs.renameSync;
  fs.renameSync = (from, to) => {
    if (String(to).endsWith('.yaml')) process.kill(process.pid, 'SIGKILL');
    rename(from, to);
  };
  syncBuiltinESMExports();
}

const { views } = openStore(folder);
for (let at = 0; at < Number(count); at++)
  await views.keep({ name: `${writer} ${at}`, address: '/explore', author: writer });
