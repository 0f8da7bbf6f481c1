import { UserError } from '../../warehouse/error.ts';
import { findMetric, type Catalogue } from '../../warehouse/metric/catalogue.ts';
import { directionOf, type Metric } from '../../warehouse/metric/metric.ts';
import { placeOf, type YamlText } from './checked-yaml.ts';
import type { TargetConfig } from './config.ts';
import { dayFaults, gapsOf, overlapping, type Gap } from './dated-row.ts';

/**
 * The targets with the id of their metric where its code was written, once each can be judged by: a metric there is, a
 * direction that is its own, days that follow each other, a share within 0–1.
 *
 * @throws UserError naming line and key of every target that is wrong, and what would be right
 */
export const checkTargets = (
  targets: readonly TargetConfig[],
  catalogue: Catalogue,
  file: YamlText,
): readonly TargetConfig[] => {
  const at = (index: number, ...key: string[]): string => placeOf(file, ['targets', index, ...key]);
  const found = targets.map((target, index) => {
    const metric = metricOf(target, catalogue);
    const faults = [
      ...(metric instanceof UserError ? [unknownFault(metric)] : faultsOf(target, metric)),
      ...dayFaults(target),
    ];
    return {
      target: { ...target, metric_id: metric instanceof UserError ? target.metric_id : metric.id },
      faults: faults.map(({ key, says }) => `${at(index, key)}: ${says}`),
    };
  });
  const faults = found.flatMap((each) => each.faults);
  if (faults.length > 0) throw new UserError(faults.join('\n'));
  const resolved = found.map(({ target }) => target);
  const twice = overlapping(resolved, keyOf).map(
    ({ index, earlier }) =>
      `${at(index)}: holds on days on which \`targets[${earlier}]\` holds too, for the same metric and facility; ` +
      'end one with `valid_to`, the first day it no longer holds',
  );
  if (twice.length > 0) throw new UserError(twice.join('\n'));
  return resolved;
};

/** The gaps in the days of each metric's targets for one facility, or for all. */
export const targetGaps = (targets: readonly TargetConfig[]): readonly (Gap & { readonly about: string })[] =>
  [...Map.groupBy(targets, keyOf)].flatMap(([key, rows]) => {
    const [metric, scope] = JSON.parse(key) as [string, string];
    return gapsOf(rows).map((gap) => ({ ...gap, about: scope === '' ? metric : `${metric}, ${scope}` }));
  });

const keyOf = ({ metric_id: metric, scope = '' }: TargetConfig): string => JSON.stringify([metric, scope]);

interface Fault {
  readonly key: string;
  readonly says: string;
}

const metricOf = ({ metric_id: name }: TargetConfig, catalogue: Catalogue): Metric | UserError => {
  try {
    return findMetric(catalogue, name);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
};

const unknownFault = (error: UserError): Fault => ({
  key: 'metric_id',
  says: `${error.message} ${error.mend ?? ''}`.trimEnd(),
});

const faultsOf = (target: TargetConfig, metric: Metric): Fault[] => {
  const faults: Fault[] = [];
  const own = directionOf(metric.better);
  if (own === null && target.direction === undefined)
    faults.push({
      key: 'metric_id',
      says: `\`${metric.id}\` has no better side, so a target needs one; add \`direction: at_least\` or \`direction: at_most\``,
    });
  if (own !== null && target.direction !== undefined && target.direction !== own)
    faults.push({
      key: 'direction',
      says: `of \`${metric.id}\` ${metric.better} is better, so its target is \`${own}\`; leave \`direction\` out or mend it`,
    });
  if (metric.unit === 'share' && !(target.value >= 0 && target.value <= 1))
    faults.push({
      key: 'value',
      says: `\`${target.value}\` is no share; \`${metric.id}\` is a share, written 0 to 1 (95 % is 0.95)`,
    });
  return faults;
};
