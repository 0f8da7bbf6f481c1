import { expect, test } from 'vitest';
import { rules } from '../../../../etl/naaccr/rule/rules.ts';
import { seeded } from '../../../support/seeded.ts';
import { goodText, validated } from '../small-registry.ts';

const odd = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '/',
  ' ',
  '\n',
  '\r',
  '\0',
  '\u0001',
  'é',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?x ?>',
  'xmlns="y"',
];

/** The good document with a few things cut, doubled, moved or put in. */
const spoilt = (seed: number): Buffer => {
  const random = seeded(seed);
  let bytes = Buffer.from(goodText);
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
    const at = Math.floor(random() * bytes.length);
    const end = Math.min(bytes.length, at + Math.floor(random() * 60));
    const [head, piece, tail] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)];
    const what = Math.floor(random() * 4);
    const put = Buffer.from(odd[Math.floor(random() * odd.length)]!);
    if (what === 0) bytes = Buffer.concat([head, tail]);
    else if (what === 1) bytes = Buffer.concat([head, piece, piece, tail]);
    else if (what === 2) bytes = Buffer.concat([head, put, piece, tail]);
    else bytes = Buffer.concat([head, Buffer.from([Math.floor(random() * 256)]), tail]);
  }
  return bytes;
};

test('1,500 spoilt documents: never a fault of ours, the same in whole and in pieces, known rules and true lines alone', async () => {
  const met = new Set<string>();
  for (let seed = 1; seed <= 1500; seed++) {
    const bytes = spoilt(seed);
    const { findings, summary } = await validated(bytes);
    const inPieces = await validated(bytes, { pieceBytes: 1 + (seed % 40) });
    expect([seed, inPieces.findings, inPieces.summary]).toEqual([seed, findings, summary]);
    const lines = bytes.toString('latin1').split('\n').length;
    for (const { rule, line, says } of findings) {
      met.add(rule);
      expect([seed, rules.has(rule), line >= 1 && line <= lines + 3]).toEqual([seed, true, true]);
      expect(says).not.toMatch(/C501|0000000[12]|00A10/);
    }
  }
  expect(met.size).toBeGreaterThan(25);
});
