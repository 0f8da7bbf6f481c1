import type { NaaccrItem } from '../dictionary/dictionary.ts';

/** Characters that XML 1.0 has no way to write, and DEL, which the reference implementation drops with them. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/** A value as it will stand in the file, and how many characters it lost. */
export interface PreparedValue {
  readonly value: string;
  readonly dropped: number;
}

/**
 * A value as the standard wants it written: line breaks are LF, characters that XML cannot hold are dropped and counted, and
 * digits are filled up with zeros on the left where the dictionary pads. Empty where nothing but blanks is left.
 */
export const preparedValue = (written: string, { padding, length }: NaaccrItem): PreparedValue => {
  const lines = written.includes('\r') ? written.replaceAll(/\r\n?/g, '\n') : written;
  const value = lines.replaceAll(unwritable, '');
  const dropped = lines.length - value.length;
  if (value.trim() === '') return { value: '', dropped };
  const isPadded = padding === 'leftZero' && length !== null && value.length < length && /^[0-9]+$/.test(value);
  return { value: isPadded ? value.padStart(length, '0') : value, dropped };
};

/** A value as the text of an element. */
export const escaped = (value: string): string =>
  /[&<>]/.test(value) ? value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : value;
