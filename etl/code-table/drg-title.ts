/** How a DRG's official title places it among the DRGs of its base. */
export type Split = 'with_mcc' | 'with_cc' | 'with_cc_mcc' | 'without_cc_mcc' | 'without_mcc' | 'without_cc';

/** What an official title says: its stem, and how it splits; null where it does not. */
export interface DrgTitle {
  readonly stem: string;
  readonly split: Split | null;
}

// `WITH MCC OR …` belongs to the same base: the alternative reaches the same DRG another way.
const ending = /^(.*?)\s+(WITHOUT|WITH|W\/O|W)\s+(CC\/MCC|MCC|CC)(?:\s+OR\s.*)?$/;

/** Takes an official MS-DRG title apart (`… WITH CC/MCC`, in older tables `… W CC`). */
export const drgTitle = (title: string): DrgTitle => {
  const plain = title.toUpperCase().replaceAll(/\s+/g, ' ').trim();
  const [, stem, word, what] = ending.exec(plain) ?? [];
  if (stem === undefined || word === undefined || what === undefined) return { stem: plain, split: null };
  const side = word === 'WITH' || word === 'W' ? 'with' : 'without';
  // DRG 837 is reached another way than its sisters: `… OR WITH HIGH DOSE CHEMOTHERAPY AGENT WITH MCC`.
  return { stem: stem.replace(/ OR WITH .*$/, ''), split: `${side}_${what.replace('/', '_').toLowerCase()}` as Split };
};

/**
 * The base of each DRG: the lowest number among those of one stem, where the stem has at least two of which one is
 * with and one without; null for a DRG that does not split.
 */
export const baseDrgs = (titles: ReadonlyMap<string, DrgTitle>): ReadonlyMap<string, string | null> => {
  const families = Map.groupBy([...titles], ([, { stem }]) => stem);
  return new Map(
    [...titles].map(([drg, { stem, split }]) => {
      const family = (families.get(stem) ?? []).filter(([, other]) => other.split !== null);
      const has = (side: string): boolean => family.some(([, other]) => other.split?.startsWith(`${side}_`));
      const base = family.map(([code]) => code).sort()[0];
      return [drg, split !== null && has('with') && has('without') ? (base ?? null) : null];
    }),
  );
};
