/**
 * How resources of one type become rows: a ViewDefinition of SQL on FHIR v2, as far as README.md says, its shape held by
 * view.schema.json.
 */
export interface ViewDefinition {
  readonly name: string;
  readonly description?: string;
  /** The type of resource it reads. */
  readonly resource: string;
  readonly constant?: readonly (Readonly<Record<string, string | number | boolean>> & { readonly name: string })[];
  /** A resource makes rows only where each of these paths is true. */
  readonly where?: readonly { readonly path: string }[];
  readonly select: readonly ViewSelect[];
}

/** Columns side by side, once or for each item of a path. */
export interface ViewSelect {
  readonly forEach?: string;
  readonly forEachOrNull?: string;
  readonly column?: readonly ViewColumn[];
  readonly select?: readonly ViewSelect[];
  readonly unionAll?: readonly ViewSelect[];
}

export interface ViewColumn {
  readonly name: string;
  readonly path: string;
  /** Whether it holds all values as a JSON list; otherwise there may be one at most. */
  readonly collection?: boolean;
}

/** Names of a view's columns, in order. */
export const viewColumns = ({ select }: Pick<ViewDefinition, 'select'>): readonly string[] =>
  select.flatMap((part) => [
    ...(part.column ?? []).map(({ name }) => name),
    ...viewColumns({ select: part.select ?? [] }),
    ...viewColumns({ select: (part.unionAll ?? []).slice(0, 1) }),
  ]);
