import type { Command } from 'commander';
import type { CommandBody } from './invocation.ts';

type Does = (load: () => Promise<CommandBody>) => (...given: unknown[]) => Promise<void>;

/** The words behind `himsight registry`: rates and survival share those that say who is asked about. */
export const addRegistryWords = (
  registry: Command,
  does: Does,
  gather: (value: string, before?: readonly string[]) => readonly string[],
): void => {
  /** Who is asked about: the same words for rates and survival. */
  const registryWord = (word: string, describes: string, dimensions: string): Command =>
    registry
      .command(word)
      .description(describes)
      .option('--by <dimension>', `split by ${dimensions}`)
      .option('--where <dimension=value>', 'keep these only; may be given again', gather)
      .option('--from <year>', 'first year of diagnosis')
      .option('--to <year>', 'year after the last')
      .option('--recode <scheme>', 'site recode: 2008 or 2023');

  registryWord('rates', 'incidence per 100,000, crude and age-adjusted', 'year, site, sex, race, county or age')
    .option('--standard <name>', 'standard population; of several the 2000 U.S. one')
    .option('--cases <cases>', 'malignant (the default), invasive or in_situ')
    .option('--interval <method>', 'tiwari (the default) or fay-feuer')
    .option('--reference <value>', "the group whose rate the others' are divided by")
    .action(does(async () => (await import('./registry.ts')).registryRatesCommand));
  registryWord('survival', 'observed or relative survival', 'site, sex, race, age or stage')
    .option('--measure <measure>', 'observed (the default) or relative')
    .option('--method <method>', 'actuarial (the default) or kaplan-meier')
    .option('--expected <method>', 'of relative survival: ederer-2 (the default) or ederer-1')
    .option('--months <n>', 'how many months are followed (60)')
    .option('--all-tumors', "not patients' first tumors alone")
    .option('--presumed-alive', 'those last known alive are alive at the cut-off')
    .action(does(async () => (await import('./registry.ts')).registrySurvivalCommand));
};
