import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { UserError } from '../warehouse/error.ts';
import { demoDefaults } from './command/demo-defaults.ts';
import type { CommandBody, ExitCode, Invocation } from './command/invocation.ts';
import type { QuarantineFilterOptions } from './command/quarantine.ts';
import type { QuarantineDecideOptions } from './command/quarantine-decide.ts';
import type { QuarantineShowOptions } from './command/quarantine-show.ts';
import { addReportWords } from './command/report-words.ts';
import { reservedCommand, reservedCommands } from './command/reserved.ts';
import { addRegistryWords } from './command/registry-words.ts';
import { faultSentence, faultStack } from './fault.ts';
import { machineFault } from './machine-fault.ts';
import { errorText, formats, makeOutput } from './print/output.ts';

/** Options every command takes, before or after its name. */
interface GlobalOptions {
  readonly workspace?: string;
  readonly format: string;
  readonly quiet: boolean;
}

let exitCode: ExitCode = 0;

const program = new Command('himsight')
  .description('The analytics warehouse and dashboard of a Health Information Management department')
  .version(
    (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version,
  )
  .option('--workspace <dir>', 'folder of himsight.yaml; else HIMSIGHT_WORKSPACE, else the nearest one upward')
  .option('--format <format>', `how data comes out: ${formats.join(', ')}`, 'table')
  .option('--quiet', 'no words on stderr but errors', false)
  .showHelpAfterError('`himsight --help` lists the commands.')
  .exitOverride();

/** Words to a function, loaded when it is asked for: its own arguments and options, after the invocation. */
const does =
  (load: () => Promise<CommandBody>, forms: readonly string[] = formats) =>
  async (...given: unknown[]): Promise<void> => {
    const [_command, ...rest] = given.reverse();
    const body = await load();
    exitCode = await body(invocation(forms), ...(rest.reverse() as never[]));
  };

const invocation = (forms: readonly string[]): Invocation => {
  const { workspace, format: asked, quiet } = program.opts<GlobalOptions>();
  const choices = `Allowed choices are ${forms.join(', ')}.`;
  if (!forms.includes(asked))
    program.error(`error: option '--format <format>' argument '${asked}' is invalid. ${choices}`);
  const format = formats.find((one) => one === asked) ?? 'table';
  const output = makeOutput({ format, quiet, stdout: process.stdout, stderr: process.stderr, env: process.env });
  return { output, workspaceArgument: workspace, env: process.env, cwd: process.cwd() };
};

const gather = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

program
  .command('start')
  .description('a demo where there is no workspace, a run where nothing is published, then the dashboard')
  .option('--host <host>', 'address to listen on (127.0.0.1)')
  .option('--port <port>', 'port to listen on (4180)')
  .option('--no-schedule', 'leave the schedules to another process')
  .option('--encounters <n>', 'size of the demo, where one has to be made')
  .action(does(async () => (await import('./command/start.ts')).startCommand));

program
  .command('init [dir]')
  .description('a commented himsight.yaml')
  .action(does(async () => (await import('./command/init.ts')).initCommand));

program
  .command('demo [dir]')
  .description('a synthetic hospital: extracts of every contract, reproducible from the seed')
  .option('--encounters <n>', `how many (${demoDefaults.encounters})`)
  .option('--months <n>', `over how many months (${demoDefaults.months})`)
  .option('--seed <n>', `which hospital (${demoDefaults.seed})`)
  .option('--bad <share>', `share of bad rows (${demoDefaults.bad})`)
  .action(does(async () => (await import('./command/demo.ts')).demoCommand));

program
  .command('run')
  .description('one ETL run; the scheduled job')
  .option('--source <id>', 'only this source; may be given again', gather)
  .option('--from <date>', 'build months anew: the first of them, as 2026-01 …')
  .option('--to <date>', '… and the one after the last')
  .option('--full', 'build every model anew')
  .option('--plan', 'only print what would be done')
  .addOption(new Option('--due <source=time>', 'from the schedule').argParser(gather).hideHelp())
  .action(does(async () => (await import('./command/run.ts')).runCommand));

program
  .command('schedule')
  .description('stays up and runs each source when due')
  .action(does(async () => (await import('./command/schedule.ts')).scheduleCommand));

program
  .command('serve')
  .description('the dashboard on the current release')
  .option('--host <host>', 'address to listen on (127.0.0.1)')
  .option('--port <port>', 'port to listen on (4180)')
  .option('--no-schedule', 'leave the schedules to another process')
  .action(does(async () => (await import('./command/serve.ts')).serveCommand));

program
  .command('metrics')
  .description('the catalogue of metrics')
  .action(does(async () => (await import('./command/metric.ts')).metricsCommand));

program
  .command('metric <id...>')
  .description('one query: metrics by id or code')
  .option('--by <dimensions>', 'split by these, with commas between')
  .option('--grain <grain>', 'day, week, month, quarter or year')
  .option('--from <date>', 'first day')
  .option('--to <date>', 'day after the last')
  .option('--where <dimension=value>', 'keep these only; may be given again', gather)
  .option('--compare <with>', 'previous or year')
  .option('--as-of <date>', 'as it was known at the end of that day')
  .action(does(async () => (await import('./command/metric.ts')).metricCommand));

const registry = program
  .command('registry')
  .description('what rates and survival of a cancer registry stand on')
  .action(does(async () => (await import('./command/registry.ts')).registryCommand));
addRegistryWords(registry, does, gather);

program
  .command('sample')
  .description('records to audit, drawn by a seeded design, with the worksheet to do it on')
  .option('--out <dir>', 'new folder for the worksheet: CSV, XLSX and the design')
  .option('--design <design>', 'srs (the default), systematic, stratified or judgmental')
  .option('--by <dimensions>', 'strata: coder, facility, service, patient_class, with commas between')
  .option('--where <dimension=value>', 'only these records; may be given again', gather)
  .option('--from <date>', 'first day of final coding')
  .option('--to <date>', 'day after the last')
  .option('--not-audited', 'leave out records that an audit names already')
  .option('--size <n>', 'how many; else computed from the next four')
  .option('--precision <share>', 'half the width of the interval (0.1)')
  .option('--confidence <share>', 'of the interval (0.9)')
  .option('--occurrence <share>', 'expected (0.5)')
  .option('--oversample <share>', 'drawn beyond what is needed (0.2)')
  .option('--more <metric>', 'how many: what would decide this metric against its target')
  .option('--allocation <rule>', 'over the strata: proportional (the default) or equal')
  .option('--seed <n>', 'draws the same again; one is drawn and told where it is left out')
  .option('--auditor <id>', 'who will audit')
  .option('--audit-type <type>', 'routine_random (the default), new_coder or external')
  .option('--period <period>', 'audit period, as 2026-Q3; read off the dates where left out')
  .option('--prefill', "begin the auditor's columns as a copy of the coder's")
  .option('--records <file>', 'judgmental: the encounter_ids chosen, one a line')
  .action(does(async () => (await import('./command/sample.ts')).sampleCommand));

program
  .command('sql <select>')
  .description('one SELECT on the current release, read-only')
  .action(does(async () => (await import('./command/sql.ts')).sqlCommand));
program
  .command('explain <metric>')
  .description('definition, method, SQL, lineage, checks')
  .action(does(async () => (await import('./command/explain.ts')).explainCommand));
program
  .command('runs [id]')
  .description('what happened; one run in full by its id')
  .option('--slowest', 'models by their seconds, those kept among them')
  .action(does(async () => (await import('./command/runs.ts')).runsCommand));
program
  .command('checks')
  .description('what the data is worth')
  .option('--status <status>', 'error, fail, pass_with, pass or na')
  .option('--kind <kind>', 'gate, check, edit or assert')
  .option('--id <check>', 'one check by facility and month')
  .option('--keys', 'the surrogates of the rows that break it')
  .option('--facility <id>', 'of this facility only')
  .option('--month <month>', 'of this month only, as 2026-03')
  .option('--limit <n>', 'keys at most (100)')
  .action(does(async () => (await import('./command/checks.ts')).checksCommand));

program
  .command('validate [file...]')
  .description('NAACCR XML, and dictionaries, held to the standard; needs no workspace')
  .option('--dictionary <file>', 'base or user dictionary; may be given again', gather)
  .option('--code-lists <file>', 'zip or folder of code lists, one CSV an item')
  .option('--without <check>', 'leave out one of our own checks; may be given again', gather)
  .option('--all', 'every error, not the first places of each kind alone')
  .action(does(async () => (await import('./command/validate.ts')).validateCommand));

const releases = program
  .command('releases')
  .description('those that can be gone back to')
  .action(does(async () => (await import('./command/releases.ts')).releasesCommand));
releases
  .command('rollback <id>')
  .description('make an older release the current one')
  .action(does(async () => (await import('./command/releases.ts')).rollbackCommand));

const quarantine = program
  .command('quarantine')
  .description('rows held back: where they stand and why')
  .option('--source <id>', 'only this source')
  .option('--rule <rule>', 'only this rule')
  .option('--file <file>', 'only this file')
  .option('--state <state>', 'open, replayed, accepted, discarded or superseded')
  .option('--by-rule', 'only count them, by source, contract, rule and state')
  .option('--limit <n>', 'how many rows to list (20; as data 10000)')
  .enablePositionalOptions()
  .action(does(async () => (await import('./command/quarantine.ts')).quarantineCommand));

/** A word behind `quarantine`: which rows are meant may be said before it or behind it. */
const quarantineWord = (word: string, describes: string): Command =>
  quarantine
    .command(word)
    .description(describes)
    .option('--source <id>', 'only this source')
    .option('--rule <rule>', 'only this rule')
    .option('--file <file>', 'only this file');

/** The options of a word with those that stand before it. */
const withChoice = <O extends object>(options: O): O => ({ ...quarantine.opts(), ...options });

quarantineWord('show [id]', 'one refused row as it was sent; each look is written down')
  .option('--line <n>', 'line of the file')
  .option('--yes', 'also where the output is no terminal')
  .action(
    does(async () => {
      const { quarantineShowCommand } = await import('./command/quarantine-show.ts');
      return (here, id: string | undefined, options: QuarantineShowOptions) =>
        quarantineShowCommand(here, id, withChoice(options));
    }),
  );
quarantineWord('replay', 'judge refused rows again after something was mended or decided').action(
  does(async () => {
    const { quarantineReplayCommand } = await import('./command/quarantine-replay.ts');
    return (here, options: QuarantineFilterOptions) => quarantineReplayCommand(here, withChoice(options));
  }),
);
for (const [action, describes] of [
  ['accept', 'let rows land though they break a rule'],
  ['discard', 'rows nobody wants: they hold no batch any more'],
  ['reopen', 'as if nothing had been decided'],
] as const)
  quarantineWord(`${action} [id]`, describes)
    .option('--line <n>', 'line of the file')
    .requiredOption('--reason <text>', 'why; kept with the decision')
    .option('--by <name>', 'who decides; the user of this machine unless told otherwise')
    .action(
      does(async () => {
        const { quarantineDecideCommand } = await import('./command/quarantine-decide.ts');
        return (here, id: string | undefined, options: QuarantineDecideOptions) =>
          quarantineDecideCommand(action)(here, id, withChoice(options));
      }),
    );

const notify = program
  .command('notify')
  .description('who was told of what')
  .action(does(async () => (await import('./command/notify.ts')).notifyCommand));
notify
  .command('test')
  .description('send a test message to whoever is to be told')
  .action(does(async () => (await import('./command/notify.ts')).notifyTestCommand));

program
  .command('doctor')
  .description('what is wrong with this installation or workspace, and the mend')
  .action(does(async () => (await import('./command/doctor.ts')).doctorCommand));

program
  .command('submit [profile]')
  .description('a package for a registry: file, manifest, report, difference; without a profile, those there are')
  .option('--from <date>', 'first day of diagnosis, or of the profile’s period; a year or month is its first day')
  .option('--to <date>', 'day after the last')
  .option('--out <dir>', 'new folder for the package')
  .action(does(async () => (await import('./command/submit.ts')).submitCommand));

addReportWords(program.command('report [name]'), does, gather);

for (const name of Object.keys(reservedCommands))
  program
    .command(name, { hidden: true })
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => reservedCommand(name));

// A reader that went away, as in `himsight … | head`, is nobody's fault.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof UserError || machineFault(error) !== null) {
    const told = error instanceof UserError ? error : machineFault(error)!;
    process.stderr.write(`${errorText(told)}\n`);
    exitCode = told.exitCode;
  } else {
    process.stderr.write(`Our fault: ${faultSentence(error)}\n${faultStack(error)}\n`);
    exitCode = 1;
  }
}
process.exitCode = exitCode;
