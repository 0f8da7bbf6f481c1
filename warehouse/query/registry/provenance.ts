import type { RegistryBasis } from './basis.ts';

/** What a figure of a registry stands on, to be printed beneath it. null: not used, or not known. */
export interface Provenance {
  readonly release: string;
  /** NAACCR versions of the abstracts, as their dictionaries are called: `250`. */
  readonly dictionary: readonly string[];
  readonly siteRecode: string | null;
  readonly standardPopulation: string | null;
  readonly population: string | null;
  readonly lifeTable: string | null;
  /** Last day survival is counted to. */
  readonly cutoff: string | null;
  /** All of it in one line. */
  readonly line: string;
}

/** What a question used, each by its name. */
export type Used = Partial<Omit<Provenance, 'release' | 'dictionary' | 'line'>> & {
  /** How it was counted, first in the line. */
  readonly method: string;
};

export const provenanceOf = (basis: RegistryBasis, { method, ...used }: Used): Provenance => {
  const parts = {
    siteRecode: used.siteRecode ?? null,
    standardPopulation: used.standardPopulation ?? null,
    population: used.population ?? null,
    lifeTable: used.lifeTable ?? null,
    cutoff: used.cutoff ?? null,
  };
  const dictionary = basis.naaccrVersions;
  const told = (before: string, value: string | null): readonly string[] =>
    value === null ? [] : [before === '' ? value : `${before} ${value}`];
  return {
    ...{ release: basis.release, dictionary, ...parts },
    line: [
      method,
      `NAACCR version ${dictionary.length === 0 ? 'not told' : dictionary.join(', ')}`,
      ...told('', parts.siteRecode),
      ...told('standard:', parts.standardPopulation),
      ...told('', parts.population),
      ...told('', parts.lifeTable),
      ...told('cut-off', parts.cutoff),
      `release ${basis.release}`,
    ].join(' · '),
  };
};

/** `2004, 2009 to 2014`. */
export const yearSpans = (years: readonly number[]): string => {
  const spans: [number, number][] = [];
  for (const year of years) {
    const last = spans.at(-1);
    if (last?.[1] === year - 1) last[1] = year;
    else spans.push([year, year]);
  }
  return spans.map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`)).join(', ');
};
