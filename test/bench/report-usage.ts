// Loaded before a measured script: writes what the process used, by the operating system's account, when it ends.
import { readFileSync, writeFileSync } from 'node:fs';

/** Peak memory in KiB. Of Linux the program's own high-water mark: the account of the process begins with its parent's. */
const peakKiB = (): number => {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  const told = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  if (told === undefined) throw new Error('/proc/self/status tells no VmHWM');
  return Number(told);
};

process.on('exit', () => {
  const file = process.env.HIMSIGHT_USAGE_FILE;
  if (file === undefined) return;
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(file, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMiB: peakKiB() / 1024 }));
});
