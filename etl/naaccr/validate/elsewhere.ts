import { versionOf, type NaaccrDictionary } from '../dictionary/dictionary.ts';

interface Known {
  readonly names: string[];
  /** Whether an extract of a base dictionary has it. */
  isInExtract: boolean;
}

/** In which of all dictionaries at hand an id stands that the dictionaries of a file do not have. */
export class Elsewhere {
  readonly #dictionaries: readonly NaaccrDictionary[];
  #known: ReadonlyMap<string, Known> | null = null;

  constructor(dictionaries: readonly NaaccrDictionary[]) {
    this.#dictionaries = dictionaries;
  }

  /** `; it is of dictionary 250`, or nothing. */
  phrase(id: string): string {
    const names = this.#of(id)?.names ?? [];
    return names.length === 0 ? '' : `; it is of ${names.join(', ')}`;
  }

  /** Whether an extract knows the id for another version: then it is known not to be of the one whose extract has it not. */
  isOfOtherVersion(id: string): boolean {
    return this.#of(id)?.isInExtract === true;
  }

  #of(id: string): Known | undefined {
    this.#known ??= this.#index();
    return this.#known.get(id);
  }

  #index(): ReadonlyMap<string, Known> {
    const known = new Map<string, Known>();
    for (const { uri, version, items, isPartial } of this.#dictionaries)
      for (const { id } of items) {
        const at = known.get(id) ?? { names: [], isInExtract: false };
        at.names.push(versionOf(uri) === null ? uri : `dictionary ${version}`);
        at.isInExtract ||= isPartial;
        known.set(id, at);
      }
    return known;
  }
}
