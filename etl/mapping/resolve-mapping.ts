import type { Contract } from '../contract/contract.ts';
import type { Mapping, MappingFile, Rule, Rules, SourceColumn, Write, WriteFile } from './mapping.ts';
import { numbered } from './numbered.ts';
import { viewColumns, type ViewDefinition } from '../fhir/view.ts';

/**
 * A mapping file without mistakes, with all that it leaves unsaid filled in from the contracts it writes.
 *
 * @param viewOf the view of that name
 */
export const resolveMapping = (
  file: MappingFile,
  contracts: ReadonlyMap<string, Contract>,
  viewOf: (name: string) => ViewDefinition,
): Mapping => {
  const written = Object.entries(file.writes).flatMap(([id, write]) => {
    const contract = contracts.get(id);
    return contract ? [{ contract, write: resolveWrite(write, contract) }] : [];
  });
  const view = file.reads.view === undefined ? null : viewOf(file.reads.view);
  const rules = written.flatMap(({ write }) =>
    [write.columns, ...write.families].flatMap((columns) => Object.values(columns).flat()),
  );
  return {
    id: file.id,
    describes: file.describes,
    format: file.reads.format ?? null,
    view,
    reads: {
      columns: sourceColumns(file.reads, written[0]?.contract, view),
      open: file.reads.columns === 'dictionary',
    },
    timestamps: file.timestamps ?? 'wall',
    dates: file.dates ?? [],
    lookups: Object.entries(file.lookups ?? {}).map(([name, lookup]) => ({
      name,
      ...lookup,
      view: lookup.view === undefined ? null : viewOf(lookup.view),
      only: lookup.only ?? null,
      first: lookup.first ?? null,
    })),
    cases: file.cases ?? null,
    spansFiles: file.cases !== undefined || rules.some(({ place }) => place !== undefined),
    writes: new Map(written.map(({ contract, write }) => [contract.id, write])),
    partial: new Map(written.map(({ contract, write }) => [contract.id, neverFilled(contract, write)])),
    cannotFeed: file.cannot_feed ?? [],
  };
};

const resolveWrite = (write: WriteFile, contract: Contract): Write => {
  const sameName =
    write.same_name === true ? contract.columns.map(({ name }) => [name, [{ from: name }]] as const) : [];
  return {
    rows: write.rows,
    only: write.only ?? null,
    except: write.except ?? null,
    columns: { ...Object.fromEntries<readonly Rule[]>(sameName), ...asLists(write.columns) },
    families: (write.families ?? []).map(asLists),
  };
};

const asLists = (columns: WriteFile['columns'] = {}): Rules =>
  Object.fromEntries(Object.entries(columns).map(([column, rules]) => [column, [rules].flat()]));

const sourceColumns = (
  reads: MappingFile['reads'],
  contract: Contract | undefined,
  view: ViewDefinition | null,
): readonly SourceColumn[] => {
  if (reads.columns === 'dictionary') return [];
  if (reads.columns === 'view') return viewColumns(view!).map((name) => ({ name, optional: false }));
  if (reads.columns === 'contract') {
    // A required column may be missing as a whole only where its contract knows circumstances that excuse it.
    return (contract?.columns ?? []).map(({ name, required, unlessPrivacy }) => ({
      name,
      optional: !required || unlessPrivacy.length > 0,
    }));
  }
  const optional = new Set((reads.optional ?? []).flatMap(numbered).map(({ name }) => name));
  return reads.columns.flatMap(numbered).map(({ name }) => ({ name, optional: optional.has(name) }));
};

const neverFilled = (contract: Contract, write: Write): readonly string[] => {
  const filled = new Set([write.columns, ...write.families].flatMap(Object.keys));
  return contract.columns.filter(({ name, required }) => required && !filled.has(name)).map(({ name }) => name);
};
