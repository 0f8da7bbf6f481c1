/** How a number is made, as `GET /api/explain/:metric` tells it. */
export interface Explanation {
  readonly release: string;
  /** The metric with its measure; `take: last` marks a stock, counted on the last day of a period. */
  readonly metric: { readonly measure: { readonly take?: 'last' } };
  readonly sql: string;
  readonly lineage: {
    readonly relations: readonly {
      readonly name: string;
      readonly summary: string | null;
      readonly columns: readonly string[];
    }[];
    readonly edges: readonly { readonly from: string; readonly to: string }[];
    readonly extracts: readonly string[];
  };
  readonly checks: readonly CheckResult[];
  /** A sentence for each source that cannot feed this number. */
  readonly notFedBy: readonly string[];
}

/** A question put to every row of an extract, or a promise of a model: how many broke it, of how many. */
export interface CheckResult {
  readonly id: string;
  readonly says: string | null;
  /** Rows the question applies to; null for a promise of a model, which counts only what breaks it. */
  readonly examined: number | null;
  readonly violated: number | null;
  readonly status: CheckStatus;
}

/** Could not run · more violations than its threshold · some, under it · none · no row it applies to. */
export type CheckStatus = 'error' | 'fail' | 'pass_with' | 'pass' | 'na';

export interface CheckSummary {
  /** Checks that no row broke, or fewer than their threshold lets pass. */
  readonly passed: number;
  /** Checks that fail or could not run, the worst first. */
  readonly broken: readonly CheckResult[];
  readonly notRun: number;
}

/** Checks that pass, that fail, and that no row applied to. */
export const summariseChecks = (checks: readonly CheckResult[]): CheckSummary => {
  const share = (check: CheckResult) => (check.violated ?? 0) / Math.max(1, check.examined ?? 0);
  const broken = checks
    .filter((check) => check.status === 'fail' || check.status === 'error')
    .toSorted((a, b) => share(b) - share(a));
  const notRun = checks.filter((check) => check.status === 'na').length;
  return { passed: checks.length - broken.length - notRun, broken, notRun };
};

/** The models in the order the data flow through them: what is read before what reads it. Raw tables are the extracts, named by themselves. */
export const flowOf = (lineage: Explanation['lineage']): readonly string[] => {
  const layer = (name: string) => ['staging', 'reference', 'core', 'mart'].indexOf(name.split('.')[0] ?? '');
  return lineage.relations
    .map((relation) => relation.name)
    .filter((name) => !name.startsWith('raw.'))
    .toSorted((a, b) => layer(a) - layer(b) || (a < b ? -1 : 1));
};
