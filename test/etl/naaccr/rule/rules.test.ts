import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { readCodeList } from '../../../../etl/naaccr/rule/code-list.ts';
import { checkNames, rules } from '../../../../etl/naaccr/rule/rules.ts';
import { changed, dictionaryFrom, goodText, userText, validated } from '../small-registry.ts';
import { brokenItems, brokenStructure, type BrokenDocument } from './broken-document.ts';
import { brokenDictionaries } from './broken-dictionary.ts';

const codeLists = {
  version: '260',
  lists: new Map([
    ['tnmEditionNumber', readCodeList('08,Eighth\n8,"Eighth, short"\nX,Other\nBlank,None\n')],
    ['ageAtDiagnosis', readCodeList('000-099,Years\n999,Unknown\n')],
  ]),
};
const brokenFiles = [...brokenStructure, ...brokenItems];
/** Rules that need more than one text, shown below and in test/etl/registry. */
const shownBelow = [
  'dictionary-twice',
  'bad-encoding',
  'truncated-gzip',
  'broken-gzip',
  'user-dictionary-version',
  'user-dictionary-conflict',
];

const folder = mkdtempSync(join(tmpdir(), 'naaccr-rules-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const fileOf = (name: string, bytes: Uint8Array): { path: string } => {
  writeFileSync(join(folder, name), bytes);
  return { path: join(folder, name) };
};

test('the good document breaks no rule, in pieces of any size', async () => {
  for (const pieceBytes of [1, 7, 100, 1 << 16]) {
    const { findings, summary } = await validated(goodText, { codeLists, pieceBytes });
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ patients: 2, tumors: 3, items: 13, specification: '1.8', recordType: 'I' });
    expect(summary.notChecked).toEqual(['The official NAACCR edits: run GenEDITS before submitting.']);
  }
});

test('every rule there is has a document or a dictionary that breaks it, at least forty', () => {
  const shown = [...brokenFiles, ...brokenDictionaries].map(({ rule }) => rule);
  expect([...rules.keys()].filter((code) => ![...shown, ...shownBelow].includes(code))).toEqual([]);
  expect(new Set(shown).size).toBeGreaterThan(60);
  for (const { says, source } of rules.values()) {
    expect(says).toMatch(/^[A-Za-z].*\.$/);
    expect(source.length).toBeGreaterThan(5);
  }
});

test.each(brokenFiles.map((one) => [one.rule, one] as const))('%s: told with its line and place', async (rule, one) => {
  const { line, place, says } = one;
  const { findings, summary } = await validated(one.broken, { codeLists });
  expect(findings.map((finding) => [finding.rule, finding.line])).toEqual([[rule, line]]);
  const [finding] = findings;
  if (place) expect([finding?.patient, finding?.tumor, finding?.item]).toEqual(place);
  if (says !== undefined) expect(finding?.says).toContain(says);
  expect(finding?.kind).toBe(checkNames.includes(rule) ? 'check' : 'standard');
  expect(summary).toMatchObject({ errors: 1, checkErrors: checkNames.includes(rule) ? 1 : 0, byRule: { [rule]: 1 } });
  expect(JSON.stringify(findings)).not.toContain('Secret');
});

test.each(brokenFiles.map((one) => [one.rule, one] as const))(
  '%s: kept by a hair',
  async (_rule, { kept }: BrokenDocument) => {
    expect((await validated(kept ?? goodText, { codeLists })).findings).toEqual([]);
  },
);

test.each(brokenFiles.map((one) => [one.rule, one] as const))(
  '%s: found the same in pieces of three bytes',
  async (_rule, { broken }) => {
    if (broken.length > 1_000_000) return;
    const whole = await validated(broken, { codeLists });
    expect((await validated(broken, { codeLists, pieceBytes: 3 })).findings).toEqual(whole.findings);
  },
);

test('each check of our own can be switched off, and that is said; rules of the standard stay', async () => {
  for (const { rule, broken } of brokenItems.filter((one) => checkNames.includes(one.rule))) {
    const { findings, summary } = await validated(broken, {
      codeLists,
      checks: checkNames.filter((name) => name !== rule),
    });
    expect(findings).toEqual([]);
    expect(summary.notChecked).toContain(`Switched off: ${rule}.`);
  }
});

test('an item that breaks several rules is told of for each', async () => {
  const broken = changed(
    goodText,
    '<Item naaccrId="addrAtDxState">NY<',
    '<Item naaccrId="addrAtDxState" naaccrNum="81"> ny <',
  );
  const { findings } = await validated(broken);
  expect(findings.map(({ rule }) => rule)).toEqual([
    'wrong-number',
    'too-long',
    'not-alpha',
    'leading-space',
    'trailing-space',
  ]);
});

test('bytes that are not UTF-8 end the reading at their line; a character cut by a piece does not', async () => {
  const latin = Buffer.from(changed(goodText, 'C501', 'Cé'), 'latin1');
  expect((await validated(latin)).findings).toMatchObject([{ rule: 'bad-encoding', line: 10 }]);
  expect((await validated(Buffer.from(`${goodText}\u00e9`).subarray(0, -1))).findings).toMatchObject([
    { rule: 'bad-encoding' },
  ]);
  const wide = changed(goodText, 'C501', 'é€𝄞');
  expect((await validated(wide, { pieceBytes: 1 })).findings).toEqual([]);
  expect((await validated(changed(goodText, 'C501', '\uFFFD'))).findings).toEqual([]);
});

test('gzip is known by its bytes; one cut off or damaged is an error', async () => {
  const packed = gzipSync(goodText.repeat(1));
  expect((await validated(fileOf('whole.xml', packed))).findings).toEqual([]);
  expect((await validated(fileOf('plain.xml.gz', Buffer.from(goodText)))).findings).toEqual([]);
  expect((await validated(fileOf('cut.xml.gz', packed.subarray(0, -30)))).findings).toMatchObject([
    { rule: 'truncated-gzip' },
  ]);
  const damaged = Buffer.from(packed);
  damaged.fill(0xff, 40, 60);
  expect((await validated(fileOf('damaged.xml.gz', damaged))).findings).toMatchObject([{ rule: 'broken-gzip' }]);
  expect((await validated(fileOf('empty.xml', Buffer.alloc(0)))).findings).toMatchObject([
    { rule: 'no-root', line: 1 },
  ]);
});

test('a user dictionary goes with its version, and two agree on what an id means', async () => {
  const other = changed(changed(userText, 'state-naaccr', 'other-naaccr'), 'length="60"', 'length="61"');
  const two = changed(
    goodText,
    'state-naaccr-dictionary.xml',
    'state-naaccr-dictionary.xml http://state.example/other-naaccr-dictionary.xml',
  );
  const [base, , user] = (await import('../small-registry.ts')).dictionaries;
  const by = (text: string) => validated(two, { dictionaries: [base!, user!, dictionaryFrom(text)] });
  expect((await by(other)).findings).toMatchObject([{ rule: 'user-dictionary-conflict', line: 2 }]);
  expect((await by(changed(other, 'length="61"', 'length="60"'))).findings).toEqual([]);
  const number = changed(
    changed(changed(other, 'length="61"', 'length="60"'), '"stateNote"', '"otherNote"'),
    '"9501"',
    '"400"',
  );
  expect((await by(number)).findings).toMatchObject([
    {
      rule: 'user-dictionary-conflict',
      says: expect.stringContaining('the number 400, which is that of `primarySite`') as string,
    },
  ]);
  const of250 = changed(
    changed(other, 'length="61"', 'length="60"'),
    ' specificationVersion',
    ' naaccrVersion="250" specificationVersion',
  );
  expect((await by(of250)).findings).toMatchObject([{ rule: 'user-dictionary-version', line: 2 }]);
  expect((await by(changed(of250, '"250"', '"260"'))).findings).toEqual([]);
});
