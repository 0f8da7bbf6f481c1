/** First day of a federal fiscal year, ISO: FY 2026 begins on 2025-10-01. */
export const fiscalYearStart = (year: number): string => `${year - 1}-10-01`;

/** The fiscal year an ISO day lies in. */
export const fiscalYearOf = (day: string): number => Number(day.slice(0, 4)) + (day.slice(5) >= '10-01' ? 1 : 0);

/** First day of the fiscal year after the one a day lies in: what is published for a year holds until then, exclusive. */
export const fiscalYearEnd = (day: string): string => fiscalYearStart(fiscalYearOf(day) + 1);

/**
 * First day of a grouper version (MS-DRG and Medicare Code Editor share their numbers): 42 is fiscal year 2025, and
 * 41.1 the update of 1 April 2024. null for a text that is no version.
 */
export const versionStart = (version: string): string | null => {
  const [, whole, update] = /^(\d{2})(?:\.(\d))?$/.exec(version) ?? [];
  if (whole === undefined) return null;
  const year = Number(whole) + 1983;
  return update === undefined || update === '0' ? fiscalYearStart(year) : `${year}-04-01`;
};

/** `41.1` from `v41.1`, `V410` is none; null where a text names no version. */
export const versionIn = (text: string): string | null =>
  /(?:^|[^a-z])v(?:ersion)?[ _]?(\d{2}(?:\.\d)?)(?!\d)/i.exec(text)?.[1] ?? null;

/** Four-digit or two-digit fiscal year in a name: `fy2021`, `FY26`. */
export const fiscalYearIn = (text: string): number | null => {
  const digits = /fy[ _]?(\d{4}|\d{2})(?!\d)/i.exec(text)?.[1];
  return digits === undefined ? null : digits.length === 4 ? Number(digits) : 2000 + Number(digits);
};
