import type { Unit } from '../../warehouse/metric/metric.ts';
import { addDays } from '../../warehouse/additive/calendar.ts';
import type { Explanation } from '../../warehouse/query/explain.ts';
import type { Standing } from '../../warehouse/query/standings.ts';
import { cellText } from '../print/print-table.ts';
import { unitText } from '../print/unit-text.ts';

/**
 * An explanation for people: definition, method, source, target with both statuses, SQL, where it comes from down to the
 * columns of the extracts, checks, variants.
 */
export const explanationText = (
  { metric, methodNotes, sql, parameters, lineage, checks, variants }: Explanation,
  standing: readonly Standing[],
  cannot: readonly string[],
): string =>
  [
    `${metric.label} · ${metric.id} · ${metric.code} · ${metric.unit}`,
    metric.definition,
    section('Leaves out', metric.excludes),
    section('Method', [metric.method, ...methodNotes].join('\n')),
    section('Source', metric.source),
    section('Target', standing.map((each) => standingText(each, metric.unit)).join('\n')),
    section('Not fed by', cannot.join('\n')),
    section(
      'SQL',
      parameters.length > 0
        ? `${sql}\n-- with ${parameters.map((value, i) => `$${i + 1} = ${String(value)}`).join(', ')}`
        : sql,
    ),
    section(
      'Relations',
      lineage.relations.map(({ name, summary }) => `${name}${summary === null ? '' : `: ${summary}`}`).join('\n'),
    ),
    section('Extracts', lineage.extracts.join(', ')),
    section('Source columns', sourceColumns(lineage).join(', ')),
    section(
      'Checks',
      checks
        .map((each) => `${each.status.padEnd(10)}${each.id}: ${cellText(each.violated)} of ${cellText(each.examined)}`)
        .join('\n'),
    ),
    section('Other ways to count it', variants.map(({ id, help }) => `${id}: ${help}`).join('\n')),
  ]
    .filter((part) => part !== '')
    .join('\n\n') + '\n';

/** Columns of raw tables that the number is made of, as `encounter.discharge_ts`. */
const sourceColumns = ({ edges }: Explanation['lineage']): readonly string[] =>
  [...new Set(edges.map(({ from }) => from))]
    .filter((from) => from.startsWith('raw.'))
    .map((from) => from.slice('raw.'.length))
    .sort();

/** Target, policy status and evidence of one standing, each on its line. */
const standingText = (standing: Standing, unit: Unit): string => {
  const { facility, target, label, citation, direction, windowFrom, windowTo, policy, evidence } = standing;
  const who = facility === null ? '' : `${facility}: `;
  if (target === null) return `${who}none set`;
  const side = direction === null ? '' : `${direction.replace('_', ' ')} `;
  const over = windowFrom === null ? 'a window not known' : `${windowFrom} through ${addDays(windowTo!, -1)}`;
  const interval =
    standing.lower === null ? '' : ` (${unitText(standing.lower, unit)} to ${unitText(standing.upper, unit)})`;
  const more =
    evidence === 'undecided' && standing.moreAudits !== null ? `, about ${standing.moreAudits} more would decide` : '';
  return [
    `${who}${side}${unitText(target, unit)}: ${label ?? ''}${citation === null ? '' : `; ${citation}`}`,
    `  policy    ${policy}: ${unitText(standing.value, unit)} over ${over}`,
    `  evidence  ${evidence === null ? 'none, there is no interval' : evidence === 'undecided' ? 'not yet decided' : `clearly ${evidence}`}${interval}${more}`,
  ].join('\n');
};

const section = (head: string, text: string | null): string =>
  text === null || text === '' ? '' : `${head}\n${text.trim().replaceAll(/^/gm, '  ')}`;
