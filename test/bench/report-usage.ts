// Loaded before a measured script: writes what the process used, by the operating system's account, when it ends.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const file = process.env.HIMSIGHT_USAGE_FILE;
  if (file === undefined) return;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(file, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMiB: maxRSS / 1024 }));
});
