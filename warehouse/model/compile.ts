import type { CompiledScan } from '../check/check.ts';
import type { Project } from '../project.ts';
import { assertsOf, type CompiledAssert } from './compile-asserts.ts';
import type { Compiled, CompiledModel, RawTable } from './compiled.ts';
import { digest } from './fingerprint.ts';
import { findOut, type Findings } from './findings.ts';
import type { KeptFindings } from './kept-findings.ts';

/**
 * Checks a whole project before any data moves: it builds every relation empty, in order, in memory.
 *
 * @param given.kept where findings of the same texts and columns are kept; without it they are found out each time
 * @throws UserError naming file and model: syntax, unknown relation or column, wrong type, cycle, broken layer rule
 */
export const compile = async (given: {
  readonly project: Project;
  readonly raw: readonly RawTable[];
  readonly kept?: KeptFindings;
}): Promise<Compiled> => {
  const { project, raw, kept } = given;
  const known = kept?.of(project, raw) ?? null;
  const found = known ?? (await findOut(project, raw));
  if (known === null) kept?.keep(project, raw, found);
  return withRows(project, raw, found);
};

/** What was found, held beside the texts it is of, and fingerprints of rows. */
const withRows = (project: Project, raw: readonly RawTable[], found: Findings): Compiled => {
  const textOf = new Map(project.models.map((model) => [model.name, model]));
  const rowsOf = new Map(raw.map(({ name, fingerprint }) => [`raw.${name}`, fingerprint]));
  const models = found.models.map(({ name, ...each }): CompiledModel => ({
    model: textOf.get(name)!,
    ...each,
    fingerprint: digest([each.definition, ...each.inputs.map((input) => rowsOf.get(input)!)]),
  }));
  const promises = assertsOf(
    project.asserts,
    models.map(({ model }) => model),
  );
  const asserts = promises.map((assert, at): CompiledAssert => ({ assert, ...found.asserts[at]! }));
  const checks = project.checks.map((scan, at): CompiledScan => {
    const { checks: each, ...about } = found.checks[at]!;
    return { ...scan, ...about, checks: scan.checks.map((check, n) => ({ ...check, ...each[n]! })) };
  });
  const content = digest([
    ...models.flatMap(({ model, fingerprint }) => [model.name, model.kind, fingerprint]),
    ...raw.flatMap((table) => [table.name, table.fingerprint]),
    ...project.references.map((reference) => reference.fingerprint),
    ...found.meanings,
    ...asserts.map(({ definition }) => definition),
    ...checks.flatMap((scan) => scan.checks.map(({ definition }) => definition)),
  ]);
  return { project, raw, models, asserts, checks, given: found.given, content, keys: found.keys };
};
