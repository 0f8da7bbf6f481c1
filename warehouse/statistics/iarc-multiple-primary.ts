/** A tumor as abstracted, of one patient. */
export interface PatientTumor {
  /** ICD-O-3 topography, `C504`; null = not known. */
  readonly site: string | null;
  /** ICD-O-3 morphology, four digits; null = not known. */
  readonly histology: string | null;
  readonly behavior: string | null;
}

/** primary counts; duplicate is told already by an earlier tumor; not_invasive is not looked at. */
export type IarcIndicator = 'primary' | 'duplicate' | 'not_invasive';

/**
 * Which of a patient's tumors count as primaries by the international rules: one for each site and kind of histology, ever.
 *
 * IARC, IACR and ENCR, International rules for multiple primary cancers (ICD-O third edition), 2004. `tumors` in order of
 * diagnosis. Tumors that are not malignant are left aside, of the urinary bladder none. A histology that is not specified
 * (17, of haematological ones 14, of carcinomas 5) is one with a specific one it may stand for, and the tumor takes over
 * the more specific or, of one group, the higher code. Haematological tumors and Kaposi sarcoma are one whatever the
 * site. A tumor without site, or with a histology of none of the groups, is never a duplicate.
 */
export const iarcMultiplePrimary = (tumors: readonly PatientTumor[]): readonly IarcIndicator[] => {
  const primaries: { readonly site: string; code: number }[] = [];
  return tumors.map(({ site, histology, behavior }) => {
    if (behavior !== '3' && !(site?.startsWith('C67') ?? false)) return 'not_invasive';
    const code = histology !== null && /^\d{4}$/.test(histology) ? Number(histology) : null;
    if (site === null || code === null) return 'primary';
    const group = siteGroupOf(site);
    const known = primaries.find((one) => isSame(one, { site: group, code }));
    if (known === undefined) {
      primaries.push({ site: group, code });
      return 'primary';
    }
    if (isMoreSpecific(code, known.code)) known.code = code;
    return 'duplicate';
  });
};

/** Sites that are one, by the three characters that stand for them. */
const siteGroups: readonly (readonly string[])[] = [
  ['C02', 'C01'],
  ['C06', 'C00', 'C03', 'C04', 'C05'],
  ['C14', 'C09', 'C10', 'C12', 'C13'],
  ['C20', 'C19'],
  ['C24', 'C23'],
  ['C34', 'C33'],
  ['C41', 'C40'],
  ['C68', 'C65', 'C66', 'C67'],
];

const siteGroupOf = (site: string): string => {
  const three = site.slice(0, 3);
  return siteGroups.find((group) => group.includes(three))?.[0] ?? three;
};

/** Histologies of the groups 1 to 17, as the rules print them. */
const histologyGroups: readonly (readonly (readonly [number, number])[])[] = [
  '8051-8084 8120-8131', // squamous and transitional cell carcinomas
  '8090-8110', // basal cell carcinomas
  '8140-8149 8160-8162 8190-8221 8260-8337 8350-8551 8570-8576 8940-8941', // adenocarcinomas
  '8030-8046 8150-8157 8170-8180 8230-8255 8340-8347 8560-8562 8580-8671', // other specific carcinomas
  '8010-8015 8020-8022 8050', // carcinomas not specified
  '8680-8713 8800-8921 8990-8991 9040-9044 9120-9125 9130-9136 9141-9252 9370-9373 9540-9582', // sarcomas, soft tissue
  '9050-9055', // mesothelioma
  '9840 9861-9931 9945-9946 9950 9961-9964 9980-9987 9991-9992', // myeloid
  '9597 9670-9699 9712 9728 9731-9738 9761-9767 9769 9811-9818 9823-9826 9833 9836 9940', // B-cell
  '9700-9726 9729 9768 9827-9831 9834 9837 9948', // T-cell and NK-cell
  '9650-9667', // Hodgkin lymphoma
  '9740-9742', // mast cell
  '9750-9759', // histiocytes and accessory lymphoid cells
  '9590-9591 9596 9727 9760 9800-9809 9820 9832 9835 9860 9960 9965-9975 9989', // haematological, not specified
  '9140', // Kaposi sarcoma
  '8720-8790 8930-8936 8950-8983 9000-9030 9060-9110 9260-9365 9380-9539', // other specified
  '8000-8005', // not specified
].map((group) =>
  group.split(' ').map((span) => {
    const [low, high = low] = span.split('-').map(Number);
    return [low!, high!] as const;
  }),
);

/** 1 to 17; 0 for a code of none of them. */
const histologyGroupOf = (code: number): number =>
  histologyGroups.findIndex((spans) => spans.some(([low, high]) => code >= low && code <= high)) + 1;

interface Kind {
  readonly site: string;
  readonly code: number;
}

const isSame = (known: Kind, other: Kind): boolean => {
  const [one, two] = [histologyGroupOf(known.code), histologyGroupOf(other.code)];
  if (one === 15 && two === 15) return true;
  if (isHaematological(one) && isHaematological(two)) return one === two || one === 14 || two === 14;
  return known.site === other.site && one > 0 && two > 0 && isOneHistology(one, two);
};

const isHaematological = (group: number): boolean => group >= 8 && group <= 14;
const isOneHistology = (one: number, two: number): boolean => one === two || standsFor(one, two) || standsFor(two, one);

/** Whether a group that is not specified may stand for a specific one. */
const standsFor = (vague: number, specific: number): boolean =>
  (vague === 17 && ((specific >= 1 && specific <= 7) || specific === 15 || specific === 16)) ||
  (vague === 14 && specific >= 8 && specific <= 13) ||
  (vague === 5 && specific >= 1 && specific <= 4);

const isMoreSpecific = (code: number, known: number): boolean => {
  const [own, old] = [histologyGroupOf(code), histologyGroupOf(known)];
  return own === old ? code > known : standsFor(old, own);
};
