import type { Catalogue } from '../metric/catalogue.ts';
import { literal } from '../quote.ts';
import { unitStatement } from './metric-query.ts';
import { planUnits } from './plan.ts';
import { resolveMetrics } from './resolve.ts';
import type { Parameter, Statement } from './sql-text.ts';
import type { ViewState } from './view-state.ts';

/** One statement of a view, and whose numbers are made from what it yields. */
export interface ViewSql {
  /** Metric ids. */
  readonly metrics: readonly string[];
  /** As it can be run by hand: values stand in the text, quoted. */
  readonly sql: string;
}

/**
 * The statements that answer a view, one for the metrics that read the same rows. They yield additive parts: what is divided,
 * and every interval, is worked out from those afterwards.
 *
 * @throws UserError where the view cannot be asked
 */
export const viewSql = (catalogue: Catalogue, view: ViewState): readonly ViewSql[] =>
  planUnits(resolveMetrics(catalogue, view), view).map((unit) => ({
    metrics: unit.metrics.map(({ id }) => id),
    sql: written(unitStatement(unit, view)),
  }));

const valueOf = (parameter: Parameter): string =>
  typeof parameter === 'string' ? literal(parameter) : `[${parameter.map(literal).join(', ')}]`;

/** Placeholders replaced by their values; what stands within quotes is text of its own and holds none. */
const written = ({ sql, parameters }: Statement): string =>
  sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\d+)/g, (found: string, place: string | undefined) => {
    const parameter = place === undefined ? undefined : parameters[Number(place) - 1];
    return parameter === undefined ? found : valueOf(parameter);
  });
