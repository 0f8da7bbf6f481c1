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
  /** `characterisation` tells what the data are like, and throws doubt on no number. */
  readonly severity: string | null;
  /** Share allowed, 0 to 1; null where none is. */
  readonly threshold: number | null;
}

/** `error` could not be run · `na` nothing it applies to · `pass_with` some rows break it, no more than allowed. */
export type CheckStatus = 'error' | 'na' | 'fail' | 'pass_with' | 'pass';

export interface CheckSummary {
  readonly passed: number;
  /** Checks that rows break, but no more than their threshold allows. */
  readonly passedWith: number;
  /** Checks that more rows break than allowed, or that could not be run, the worst first. */
  readonly broken: readonly CheckResult[];
  /** Checks with nothing to examine: neither passed nor failed. */
  readonly notRun: number;
}

/** True of a check that throws doubt on the numbers it guards. */
export const isBroken = ({ status, severity }: Pick<CheckResult, 'status' | 'severity'>): boolean =>
  (status === 'fail' || status === 'error') && severity !== 'characterisation';

/** Checks by how they came out; one that only characterises the data passes with what it found. */
export const summariseChecks = (checks: readonly CheckResult[]): CheckSummary => {
  const share = (check: CheckResult) => (check.violated ?? 0) / Math.max(1, check.examined ?? 0);
  const broken = checks.filter(isBroken).toSorted((a, b) => share(b) - share(a));
  const passed = checks.filter(({ status }) => status === 'pass').length;
  const notRun = checks.filter(({ status }) => status === 'na').length;
  return { passed, passedWith: checks.length - broken.length - passed - notRun, broken, notRun };
};

/** The models in the order the data flow through them: what is read before what reads it. Raw tables are the extracts, named by themselves. */
export const flowOf = (lineage: Explanation['lineage']): readonly string[] => {
  const layer = (name: string) => ['staging', 'reference', 'core', 'mart'].indexOf(name.split('.')[0] ?? '');
  return lineage.relations
    .map((relation) => relation.name)
    .filter((name) => !name.startsWith('raw.'))
    .toSorted((a, b) => layer(a) - layer(b) || (a < b ? -1 : 1));
};
