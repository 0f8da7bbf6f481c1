import { UserError } from '../../warehouse/error.ts';
import { placeOf, type YamlText } from './checked-yaml.ts';
import type { CompletionPolicyConfig } from './config.ts';
import { dayFaults, gapsOf, overlapping, type Gap } from './dated-row.ts';

/** What makes two policies equally specific: of such, one alone may hold on a day. */
const keyOf = (policy: CompletionPolicyConfig): string =>
  JSON.stringify([
    policy.facility_id ?? '',
    policy.doc_type ?? '',
    policy.action_type ?? '',
    policy.patient_class ?? '',
    policy.clock_start ?? '',
  ]);

/**
 * Makes sure that of equally specific completion policies one alone holds on any day.
 *
 * @throws UserError naming line and key of every row that is wrong, and what would be right
 */
export const checkPolicies = (policies: readonly CompletionPolicyConfig[], file: YamlText): void => {
  const at = (index: number, ...key: string[]): string => placeOf(file, ['completion_policies', index, ...key]);
  const faults = policies.flatMap((policy, index) =>
    dayFaults(policy).map(({ key, says }) => `${at(index, key)}: ${says}`),
  );
  if (faults.length > 0) throw new UserError(faults.join('\n'));
  const twice = overlapping(policies, keyOf).map(
    ({ index, earlier }) =>
      `${at(index)}: holds on days on which \`completion_policies[${earlier}]\` holds too, for the same facility, ` +
      'document, action, class and clock; end one with `valid_to`, the first day it no longer holds',
  );
  if (twice.length > 0) throw new UserError(twice.join('\n'));
};

/** The gaps in the days of equally specific policies, with what the policies are about. */
export const policyGaps = (
  policies: readonly CompletionPolicyConfig[],
): readonly (Gap & { readonly about: string })[] =>
  [...Map.groupBy(policies, keyOf)].flatMap(([key, rows]) => {
    const parts = (JSON.parse(key) as string[]).filter((part) => part !== '');
    return gapsOf(rows).map((gap) => ({ ...gap, about: parts.join(', ') || 'every record' }));
  });
