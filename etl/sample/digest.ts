import { createHash } from 'node:crypto';

/** sha256 of a text in UTF-8, hex. */
export const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** A digest in letters alone (0–f as a–p), as long as asked: no part of it can be taken for a person's number. */
export const letters = (hex: string, length: number): string =>
  hex.slice(0, length).replaceAll(/./g, (digit) => String.fromCharCode(97 + parseInt(digit, 16)));

/** Order by UTF-8 bytes, which does not depend on any language: the order of ids everywhere in a sample. */
export const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
