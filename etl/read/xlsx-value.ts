/**
 * The number that a cell's text stands for, as people wrote it: Excel stores the nearest double in 17 digits
 * (0.10000000000000001), and of these 15 are what it shows. Never in powers of ten.
 */
export const plainNumber = (text: string): string => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  const rounded = Number(value.toPrecision(15));
  const shown = String(rounded);
  if (!shown.includes('e')) return shown;
  return rounded.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20, maximumSignificantDigits: 15 });
};

/** Number formats that Excel has built in and that show a date or a time. */
const builtIn = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57]);

/** Whether a number format shows a date: letters of one are left once texts, colours and conditions are taken off. */
export const isDateFormat = (id: number, code: string | undefined): boolean => {
  if (code === undefined) return builtIn.has(id);
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, '').replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  return /[ymdhs]/i.test(bare.replaceAll(/general/gi, ''));
};

const day = 86_400_000;

/**
 * A day number of Excel's as ISO text: `2026-01-31`, or with its time of day to the second where it has one.
 *
 * @param is1904 whether the workbook counts from 1904, as old ones of the Mac do
 * @returns null where the number is no day of ours (below 0, or the 29 February 1900 that never was)
 */
export const dateText = (text: string, is1904: boolean): string | null => {
  const serial = Number(text);
  if (!Number.isFinite(serial) || serial < 0) return null;
  // Excel takes 1900 for a leap year: before 1 March 1900 its count is one day ahead.
  if (!is1904 && Math.floor(serial) === 60) return null;
  const shift = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const moment = new Date(shift + Math.round(serial * 86_400) * 1000);
  if (Number.isNaN(moment.getTime())) return null;
  const iso = moment.toISOString();
  return moment.getTime() % day === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
};
