/** One abstract: its items as written, those of its patient among them. */
export type Abstract = Readonly<Record<string, string | undefined>>;

/** A rule of one abstract. */
export type Rule = (one: Facts) => readonly [asked: boolean, fails: boolean];

/** Year of a date there is; month and day where they are told. */
const parts = (written: string | undefined): { year: number; isWhole: boolean } => {
  const [, year, month = '01', day = '01'] = /^(\d{4})(\d\d)?(\d\d)?$/.exec(written ?? '') ?? [];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const isReal = !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
  return { year: isReal ? Number(year) : NaN, isWhole: isReal && written!.length === 8 };
};

/** What several rules look at. What is not known is undefined, and no rule takes it for a yes or a no. */
export const factsOf = (one: Abstract) => {
  const at = (id: string): string | undefined => one[id];
  const has = (id: string): boolean => one[id] !== undefined;
  const isOne = (id: string, ...values: readonly string[]): boolean => has(id) && values.includes(one[id]!);
  const from = (id: string, low: string, high: string): boolean => has(id) && one[id]! >= low && one[id]! <= high;
  const not = (id: string, ...values: readonly string[]): boolean => has(id) && !values.includes(one[id]!);
  const site = one.primarySite;
  const group = site?.slice(0, 3);
  const histology = Number(one.histologicTypeIcdO3 ?? NaN);
  const { year, isWhole: isDiagnosisWhole } = parts(one.dateOfDiagnosis);
  const { year: birthYear, isWhole: isBirthWhole } = parts(one.dateOfBirth);
  const age = has('ageAtDiagnosis') && one.ageAtDiagnosis !== '999' ? Number(one.ageAtDiagnosis) : NaN;
  const surgery =
    one.rxSummSurgPrimSite2023 !== undefined
      ? one.rxSummSurgPrimSite2023.slice(1) >= '100' && one.rxSummSurgPrimSite2023.slice(1) <= '900'
      : has('rxSummSurgPrimSite')
        ? from('rxSummSurgPrimSite', '10', '90')
        : undefined;
  const dates = ['Surgery', 'Radiation', 'Chemo', 'Hormone', 'Brm', 'Other'].flatMap(
    (kind) => one[`rxDate${kind}`] ?? [],
  );
  const given =
    surgery === true ||
    from('rxSummRadiation', '1', '6') ||
    from('rxSummChemo', '01', '03') ||
    isOne('rxSummHormone', '01') ||
    isOne('rxSummBrm', '01') ||
    isOne('rxSummOther', '1', '2', '3', '6');
  return {
    ...{ at, has, is: isOne, from, not, site, group, histology, year, age, surgery, dates, given },
    sex: one.sexAssignedAtBirth ?? one.sex,
    stage: one.summaryStage2018 ?? one.seerSummaryStage2000,
    birthYear,
    deathYear: parts(one.dateOfLastContact).year,
    birthdays:
      isDiagnosisWhole && isBirthWhole
        ? year - birthYear - (one.dateOfDiagnosis!.slice(4) < one.dateOfBirth!.slice(4) ? 1 : 0)
        : NaN,
    solid: histology < 9590 || histology > 9993,
    systemic: histology >= 9590 && histology <= 9993,
    brain: ['C70', 'C71', 'C72'].includes(group ?? '') || ['C751', 'C752', 'C753'].includes(site ?? ''),
    side: sideOf(site ?? '', year),
    kept: !isOne('classOfCase', '34', '36'),
    notOperatedElsewhere: isOne('rxSummScopeRegLnSur', '0') && isOne('rxSummSurgOthRegDis', '0'),
  };
};

/** What rules look at. */
export type Facts = ReturnType<typeof factsOf>;

const PAIRED =
  /^C(079|08[01]|09[0189]|301|31[02]|34[12389]|384|40[0-3]|44[123567]|47[12]|49[12]|50[0-689]|569|570|62[019]|63[01]|649|659|669|69[0-689]|74[019]|754)$/;
const PAIRED_2004 = /^C(700|71[0-4]|72[2-5])$/;

/** Whether a site has sides in a year; `part`: a part of it has none. */
const sideOf = (site: string, year: number): 'two' | 'part' | 'none' | 'unknown' => {
  if (/^C(300|340|413|414)$/.test(site)) return 'part';
  if (PAIRED.test(site)) return 'two';
  if (!PAIRED_2004.test(site)) return 'none';
  return Number.isNaN(year) ? 'unknown' : year >= 2004 ? 'two' : 'none';
};

/** Whether a date is later than another, as far as both are told. */
export const later = (one: string | undefined, other: string | undefined): boolean => {
  if (one === undefined || other === undefined) return false;
  const told = Math.min(one.length, other.length);
  return one.slice(0, told) > other.slice(0, told);
};

/** Not a number lies nowhere. */
export const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;
/** Histologies of leukemias and myeloproliferative diseases that begin in the marrow. */
export const leukemia = (h: number): boolean =>
  [9840, 9861, 9863, 9891, 9910, 9920, 9945, 9946, 9948].includes(h) || within(h, 9865, 9876) || within(h, 9895, 9897);
/** Histologies of carcinomas. */
export const carcinoma = (h: number): boolean => within(h, 8010, 8576);
