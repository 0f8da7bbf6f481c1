/** Codes that NAACCR gives the sexes, by the words that published tables have for them. */
const sexes: Readonly<Record<string, string>> = { male: '1', m: '1', '1': '1', female: '2', f: '2', '2': '2' };

/** NAACCR code of a sex, 1 or 2; null for any other word. */
export const sexCodeOf = (word: string): string | null => sexes[word.toLowerCase()] ?? null;

/** A number written with digits and a point; null for anything else, and for one below 0. */
export const numberOf = (text: string): number | null =>
  /^(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : null;
