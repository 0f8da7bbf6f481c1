import { stories } from './story.ts';
import type { DemoArguments } from './setting.ts';

const command = ({ encounters, months, seed, bad, without = [] }: DemoArguments): string =>
  [
    'himsight demo DIR',
    `--encounters ${encounters}`,
    `--months ${months}`,
    `--seed ${seed}`,
    `--bad ${bad}`,
    ...without.map((id) => `--without ${id}`),
  ].join(' ');

const chapters = (demo: DemoArguments): string =>
  stories
    .filter(({ id }) => !demo.without?.includes(id))
    .map(({ id, title, tells, where }) => `### ${title}\n\n${tells}\n\n*See it:* ${where} (\`${id}\`)\n`)
    .join('\n');

/** Text of the workspace's README.md: what is here, and each story with the place in the dashboard that shows it. */
export const demoReadme = (demo: DemoArguments): string => `# Demo hospital

Nobody here is real. Four invented facilities send the extracts in \`extract/\`, drawn on 1 September 2026 at midnight:

| facility | beds at the usual size | time zone |
|---|---|---|
| riverside | 120 | America/New_York |
| lakeview | 60 | America/New_York |
| st-anne, critical access; audits arrive as counts, without lines | 25 | America/Chicago |
| pine-creek | 25 | America/Chicago |

Written by \`${command(demo)}\`; the same command writes the same bytes. The stories are told in full over 24 months.

## Stories

${chapters(demo)}
## Bad rows

A share of ${demo.bad} extra rows in most files is bad, of every kind the gate knows: torn rows, Latin-1 bytes, impossible dates,
values outside their list, lost leading zeros, keys used twice, a void social security number where none may be.
\`expected-rejects.json\` says how many of each; \`himsight quarantine\` must find exactly those. Good rows never refer to bad ones.

## Figures

MS-DRG weights are those of version 38 (FY 2021), the newest public table at hand, under the version in force on the day of
discharge; 321, 322, 450 and 451 carry the weights of 246, 247, 459 and 460, which they replaced. Volumes, lengths of stay, turnaround and accuracy follow customary ranges, not any one hospital.
`;
