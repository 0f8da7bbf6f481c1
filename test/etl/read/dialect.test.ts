import { expect, test } from 'vitest';
import { asSetting, delimiters, difference, plainDialect, sniff, type CsvDialect } from '../../../etl/read/dialect.ts';

const wanted = ['id', 'code', 'seq'];
const seen = (text: string | Buffer, expected: Partial<CsvDialect> = {}) =>
  sniff(Buffer.from(text as string), wanted, { ...plainDialect, ...expected });

test.each(delimiters)('the delimiter %j is the one under which most of the columns show', (delimiter) => {
  expect(seen(`id,code,seq\n1,a,2\n`.replaceAll(',', delimiter))).toEqual({ ...plainDialect, delimiter });
});

test('where a header does not tell, the source does', () => {
  expect(seen('id\n1\n', { delimiter: '|' }).delimiter).toBe('|');
  expect(seen('x;y\n', { delimiter: '|' }).delimiter).toBe('|');
  expect(seen('', { delimiter: '|' })).toEqual({ ...plainDialect, delimiter: '|' });
  expect(seen('id;code\n', { delimiter: '|' }).delimiter).toBe(';');
});

test('a quote is told by the header, or by every row', () => {
  expect(seen(`'id','code'\n`).quote).toBe("'");
  expect(seen(`"id","code"\n`, { quote: "'" }).quote).toBe('"');
  expect(seen(`id,code\n'1',a\n2,'b'\n`).quote).toBe("'");
  expect(seen(`id,code\n'1',a\n2,b\n`).quote).toBe('"');
  expect(seen(`id,code\n'1',"a"\n`).quote).toBe('"');
  expect(seen(`id,code\n1,a\n`, { quote: "'" }).quote).toBe("'");
  expect(seen(`id,code\n1,"a"\n`, { quote: "'" }).quote).toBe('"');
  expect(seen(`id,code\n'1',"a"\n`, { quote: "'" }).quote).toBe("'");
});

test('that quotes mean nothing is never guessed, and kept where it is said', () => {
  expect(seen(`id,code\n1,"a\n2,b"c\n`).quote).toBe('"');
  expect(seen(`id,code\n'1',"a\n`, { quote: 'none' }).quote).toBe('none');
});

test('the encoding is told by UTF-16 and by a mark, and windows-1252 by nothing', () => {
  const utf16 = Buffer.from('\uFEFFid;code\n1;a\n', 'utf16le');
  expect(seen(utf16)).toEqual({ delimiter: ';', quote: '"', encoding: 'utf-16le' });
  expect(seen(Buffer.from(utf16).swap16()).encoding).toBe('utf-16be');
  expect(seen(Buffer.from('id,code\n1,caf\xe9\n', 'latin1')).encoding).toBe('utf-8');
  expect(seen('id,code\n', { encoding: 'windows-1252' }).encoding).toBe('windows-1252');
  expect(seen('\uFEFFid,code\n', { encoding: 'windows-1252' }).encoding).toBe('utf-8');
  expect(seen('id,code\n', { encoding: 'utf-16le' }).encoding).toBe('utf-8');
});

test('a difference and a setting are words for a person', () => {
  const found: CsvDialect = { delimiter: '\t', quote: "'", encoding: 'utf-16le' };
  expect(difference(found, plainDialect)).toBe(
    'a tab between its values instead of `,`, `\'` around its values instead of `"`, `utf-16le` as its encoding instead of `utf-8`',
  );
  expect(difference(found, { encoding: 'utf-16le' })).toBe('');
  expect(asSetting(found)).toBe(`csv: { delimiter: tab, quote: "'", encoding: utf-16le }`);
  expect(asSetting(plainDialect)).toBe(`csv: { delimiter: ',' }`);
});
