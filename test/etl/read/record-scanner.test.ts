import { expect, test } from 'vitest';
import { RecordScanner, type RecordPlace } from '../../../etl/read/record-scanner.ts';

/** The text in pieces of `size` bytes, so that every rule meets the edge of a chunk. */
const scan = (text: string, size: number, delimiter: number | null = 44) => {
  const places: RecordPlace[] = [];
  const scanner = new RecordScanner({ delimiter }, (place) => places.push(place));
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += size) scanner.write(bytes.subarray(i, i + size));
  const openQuote = scanner.end();
  const { lines, records, longest, strayQuoteLine, mixedLine, returnLine, hidingLine, overlongLine } = scanner;
  return {
    lines,
    records,
    longest,
    strayQuoteLine,
    mixedLine,
    returnLine,
    hidingLine,
    overlongLine,
    openQuote,
    places,
    texts: places.map(({ start, end }) => bytes.subarray(start, end).toString()),
  };
};

const plain = {
  longest: 1,
  strayQuoteLine: null,
  mixedLine: null,
  returnLine: null,
  hidingLine: null,
  overlongLine: null,
  openQuote: null,
};

test.each([1, 2, 3, 5, 1000])('counts records and lines in chunks of %i bytes', (size) => {
  expect(scan('a,b\n1,2\n3,4\n', size)).toMatchObject({ ...plain, lines: 3, records: 3, texts: ['a,b', '1,2', '3,4'] });
  expect(scan('a,b\n1,2\n3,4', size)).toMatchObject({ ...plain, lines: 3, records: 3 });
  expect(scan('a,b\r\n1,2\r\n', size)).toMatchObject({ ...plain, lines: 2, records: 2, texts: ['a,b', '1,2'] });
  expect(scan('a,b\n\n1,2\n\n\n', size)).toMatchObject({ ...plain, lines: 5, records: 2 });
  expect(scan('a,b\n1,"2\n\n3"\n4,5\n', size)).toMatchObject({ ...plain, lines: 5, records: 3, longest: 3 });
  expect(scan('a,b\n1,"say ""\n"""\n4,5\n', size)).toMatchObject({ ...plain, lines: 4, records: 3, longest: 2 });
  expect(scan('a,b\n1, "2\n" ,3\n', size)).toMatchObject({ ...plain, lines: 3, records: 2, longest: 2 });
  expect(scan('"a","b"\n"1",""\n', size)).toMatchObject({ ...plain, lines: 2, records: 2 });
});

test.each([1, 2, 3, 1000])('a quote within a value opens nothing, in chunks of %i bytes', (size) => {
  expect(scan('a,b\n1,5" pipe\n2,x\n', size)).toMatchObject({ ...plain, records: 3 });
});

test.each([1, 2, 3, 1000])('names the line where a quote went astray, in chunks of %i bytes', (size) => {
  expect(scan('a,b\n1,2\n3,"4\n5,6\n', size)).toMatchObject({ openQuote: 3 });
  expect(scan('a,b\n1,"2\n3,"4"\n5,6\n', size)).toMatchObject({ openQuote: null, strayQuoteLine: 2, records: 3 });
  expect(scan('a,b\n1,"2"x\n3,4\n', size)).toMatchObject({ ...plain, records: 3 });
});

test.each([1, 2, 3, 1000])('notices lines that end differently, in chunks of %i bytes', (size) => {
  expect(scan('a,b\r\n1,2\n3,4\n', size)).toMatchObject({ mixedLine: 2 });
  expect(scan('a,b\n1,"2\r\n"\n', size)).toMatchObject({ mixedLine: null, records: 2 });
});

test.each([1, 2, 3, 1000])('names the line where whole rows hide in a value, in chunks of %i bytes', (size) => {
  const hidden = 'a,b,c\n1,2,3\n4,"5,6\n7,8,9\n10,11",12\n';
  expect(scan(hidden, size)).toMatchObject({ records: 3, longest: 3, strayQuoteLine: null, hidingLine: 3 });
  expect(scan(hidden.replace('7,8,9', '7,8'), size)).toMatchObject({ records: 3, hidingLine: null });
  expect(scan('a,b,c\n1,"2\n3",4\n5,"6,7\n8",9\n', size)).toMatchObject({ records: 3, hidingLine: null });
  expect(scan('a\n"1\n2"\n', size)).toMatchObject({ records: 2, hidingLine: null });
});

test.each([1, 2, 3, 1000])('names the line with empty columns too many, in chunks of %i bytes', (size) => {
  for (const extra of [',', ',,', ',""', ',"",'])
    for (const end of ['\n', '\r\n'])
      expect(scan(['a,b', '1,2', `3,4${extra}`, '5,6', ''].join(end), size)).toMatchObject({ overlongLine: 3 });
  expect(scan('a,b\n1,2\n3,4,', size)).toMatchObject({ overlongLine: 3 });
  for (const row of ['3,', ',', '"3,",', '"3\n,,",', '3,4,5,', '3,4,"5"', '3,4,""""', '3,4, '])
    expect(scan(`a,b\n1,2\n${row}\n5,6\n`, size)).toMatchObject({ overlongLine: null });
});

test.each([1, 2, 3, 1000])('names the line of a lone carriage return, in chunks of %i bytes', (size) => {
  expect(scan('a,b\n1,2\r3,4\n5,6\n', size)).toMatchObject({ returnLine: 2 });
  expect(scan('a,b\r\n1,2\r\r\n', size)).toMatchObject({ returnLine: 2 });
  expect(scan('a,b\r\n1,"2\r3"\r\n', size)).toMatchObject({ returnLine: null });
});

test('says where each record lies', () => {
  expect(scan('\uFEFFa,b\n\n1,"2\n"\n3,4\n', 1000).places).toEqual([
    { ordinal: 0, line: 1, lines: 1, start: 3, end: 3 + 3 },
    { ordinal: 1, line: 3, lines: 2, start: 3 + 4 + 1, end: 3 + 4 + 1 + 6 },
    { ordinal: 2, line: 5, lines: 1, start: 3 + 4 + 1 + 7, end: 3 + 4 + 1 + 7 + 3 },
  ]);
});

test('without a delimiter a record is a line, whatever its quotes', () => {
  expect(scan('{"a": "x}\n\n{"b": 1}\n', 4, null)).toMatchObject({ ...plain, lines: 3, records: 2 });
});
