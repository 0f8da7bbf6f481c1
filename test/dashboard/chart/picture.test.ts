import { crc32, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { composePicture } from '../../../dashboard/chart/picture.ts';
import { pngWithTexts } from '../../../dashboard/chart/png-text.ts';

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

/** One black pixel. */
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
  chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
  chunk('IEND', Buffer.alloc(0)),
]);

test('texts stand behind the header of a PNG, each with its checksum, and the rest is as it was', () => {
  const facts = { release: 'r1', asked: '{"where":{"service":["Gynäkologie"]}}' };
  const texts = Object.entries(facts).map(([key, text]) => chunk('iTXt', Buffer.from(`${key}\0\0\0\0\0${text}`)));
  const wanted = Buffer.concat([png.subarray(0, 33), ...texts, png.subarray(33)]);
  expect(Buffer.from(pngWithTexts(png, facts)).equals(wanted)).toBe(true);
});

test('a picture says what it shows, above and at its foot, and nothing in it can be markup', () => {
  const said = { title: 'A < B & C', words: 'Aug 2026', facts: { release: 'r1', asked: '{"x":"</svg>"}' } };
  const canvas = { width: 300, height: 100, paper: 'white', ink: 'black' };
  const piece = { title: 'One', svg: '<svg id="chart"></svg>', left: 10, top: 20 };
  const { svg, width, height } = composePicture([piece], canvas, said);
  expect(svg).toContain('<title>A &lt; B &amp; C</title>');
  expect(svg).toContain('<metadata>{&quot;release&quot;:&quot;r1&quot;');
  expect(svg.match(/<\/svg>/g)).toHaveLength(1 + 1);
  expect(svg).toContain('<g transform="translate(26 76)"><svg id="chart"></svg></g>');
  expect(width).toBe(300 + 2 * 16);
  expect(height).toBeGreaterThan(100 + 56);
});

test('a long fact goes on to the next line, a word longer than a line too, and none of it is lost', () => {
  const asked = 'x'.repeat(500);
  const canvas = { width: 300, height: 10, paper: 'white', ink: 'black' };
  const { svg } = composePicture([], canvas, { title: '', words: '', facts: { asked } });
  const lines = [...svg.matchAll(/font-size="10"[^>]*>([^<]*)</g)].map(([, text]) => text);
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.join('').replaceAll(/[^x]/g, '')).toHaveLength(500);
});
