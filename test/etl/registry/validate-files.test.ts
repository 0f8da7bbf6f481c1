import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkNames } from '../../../etl/naaccr/rule/rules.ts';
import { makeOutput } from '../../../etl/print/output.ts';
import { givenCodeLists } from '../../../etl/registry/given-code-lists.ts';
import { givenDictionaries } from '../../../etl/registry/given-dictionaries.ts';
import { validateFiles, type FileFinding, type Validation } from '../../../etl/registry/validate-files.ts';
import { jsonWriter } from '../../../etl/registry/validation-json.ts';
import { findingLine, FindingGroups, mostGroups, validationText } from '../../../etl/registry/validation-text.ts';
import { sharedData } from '../../support/shared-data.ts';
import { baseText, baseUri, changed, goodText, userText } from '../naaccr/small-registry.ts';

const folder = mkdtempSync(join(tmpdir(), 'validate-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const base = write('base.xml', baseText);
const user = write('user.xml', userText);

const validate = async (
  files: readonly string[],
  dictionaries = [base, user],
  codeLists: string | null = null,
): Promise<{ validation: Validation; findings: readonly FileFinding[] }> => {
  const findings: FileFinding[] = [];
  const request = {
    files,
    dictionaries: givenDictionaries(dictionaries),
    codeLists: codeLists === null ? null : await givenCodeLists(codeLists),
    checks: checkNames,
  };
  const validation = await validateFiles(request, async (some) => void findings.push(...some));
  return { validation, findings };
};

test('several files each come to their own', async () => {
  const good = write('good.xml', goodText);
  const bad = write('bad.xml', changed(goodText, 'C501', 'C5012'));
  const { validation, findings } = await validate([bad, good, bad]);
  expect(validation.files.map(({ file, errors, tumors }) => [file, errors, tumors])).toEqual([
    [bad, 1, 3],
    [good, 0, 3],
    [bad, 1, 3],
  ]);
  expect(findings.map(({ file, rule }) => [file, rule])).toEqual([
    [bad, 'too-long'],
    [bad, 'too-long'],
  ]);
  expect(validation.dictionaries).toMatchObject([
    { file: base, uri: baseUri, version: '260', items: 14, errors: 0 },
    { file: user, version: null, items: 2, errors: 0 },
  ]);
});

test('without the base dictionary what the program knows stands for it, and the gap is said', async () => {
  const text = changed(changed(goodText, /userDictionaryUri="\S+" /, ''), /<Item naaccrId="stateItem.*\n/, '');
  const file = write('alone.xml', changed(text, 'C501', 'C5012'));
  const { validation, findings } = await validate([file], []);
  expect(findings.map(({ rule }) => rule)).toEqual(['too-long']);
  expect(validation.files[0]?.notChecked[0]).toMatch(
    /^The base dictionary was not given: what the program knows of 1\d\d items stood for it; \d values of ids/,
  );
});

test('what the program knows of versions tells that `sex` is none of 260 without any dictionary', async () => {
  const text = changed(changed(goodText, /userDictionaryUri="\S+" /, ''), '"dateOfBirth">19600229', '"sex">1');
  const { findings } = await validate([write('sex.xml', text)], []);
  expect(findings).toMatchObject([
    {
      rule: 'unknown-id',
      item: 'sex',
      says: 'Item `sex` is in no dictionary of the file (260); it is of dictionary 250',
    },
  ]);
  const of250 = write(
    'sex-250.xml',
    changed(changed(text, 'naaccr-dictionary-260', 'naaccr-dictionary-250'), '>260<', '>250<'),
  );
  expect((await validate([of250], [])).findings).toEqual([]);
});

test('where a user dictionary is missing its items are not called unknown', async () => {
  const { validation, findings } = await validate([write('state.xml', goodText)], [base]);
  expect(findings.map(({ rule }) => rule)).toEqual(['user-dictionary-absent']);
  expect(validation.files[0]?.notChecked[0]).toContain('A dictionary is missing: 1 values');
});

test('a dictionary that breaks rules is told of by file, line and id; the same URI twice too', async () => {
  const broken = write('broken-user.xml', changed(userText, '"9500"', '"400"'));
  const { validation, findings } = await validate([], [base, user, broken, base]);
  expect(findings).toEqual([
    expect.objectContaining({ file: broken, rule: 'dictionary-twice', line: 2, item: null }),
    expect.objectContaining({ file: broken, rule: 'def-number-of-base', line: 4, item: 'stateItem' }),
  ]);
  expect(validation.dictionaries.map(({ errors }) => errors)).toEqual([0, 0, 2]);
});

test.each([
  ['nothing.xml', '', 'is not well-formed XML'],
  ['page.xml', '<html/>', 'is not a NAACCR dictionary'],
])('%s is no dictionary: wrong usage', (name, text, says) => {
  expect(() => givenDictionaries([write(name, text)])).toThrow(says);
  expect(() => givenDictionaries([join(folder, 'gone.xml')])).toThrow('gone.xml cannot be read');
});

test('code lists come from a folder or a zip archive, their version from its name', async () => {
  const lists = join(folder, 'lists-260');
  mkdirSync(lists, { recursive: true });
  writeFileSync(join(lists, 'primarySite_some.csv'), 'C501,Central portion\nC500,"Nipple, areola"\n');
  writeFileSync(join(lists, 'primarySite_more.csv'), 'C509,NOS\n');
  writeFileSync(join(lists, 'README.txt'), 'C999');
  const { version, lists: read } = await givenCodeLists(lists);
  expect(version).toBe('260');
  expect([...(read.get('primarySite')?.codes ?? [])]).toEqual(['C509', 'C501', 'C500']);
  const { findings } = await validate([write('codes.xml', changed(goodText, 'C501', 'C502'))], [base, user], lists);
  expect(findings).toMatchObject([{ rule: 'code-list', kind: 'check', item: 'primarySite' }]);
  await expect(givenCodeLists(base)).rejects.toThrow('base.xml: the file is no zip archive');
  await expect(givenCodeLists(join(folder, 'gone'))).rejects.toThrow('cannot be read');
});

test('JSON is one document, written while errors are found', async () => {
  const bad = write('two.xml', changed(changed(goodText, 'C501', 'C5012'), '>007<', '>7<'));
  for (const [files, errors] of [
    [[bad], 2],
    [[write('good2.xml', goodText)], 0],
  ] as const) {
    const written: string[] = [];
    const json = jsonWriter(async (text) => void written.push(text));
    const request = { files, dictionaries: givenDictionaries([base, user]), codeLists: null, checks: checkNames };
    await json.end(await validateFiles(request, json.findings));
    const document = JSON.parse(written.join(''));
    expect(Object.keys(document)).toEqual(['errors', 'dictionaries', 'files']);
    expect(document.errors).toHaveLength(errors);
    expect(document.files[0]).toMatchObject({
      ...{ file: files[0], specification: '1.8', dictionary: baseUri, recordType: 'I', patients: 2, tumors: 3, errors },
    });
    if (errors > 0)
      expect(document.errors[0]).toEqual({
        ...{ file: bad, rule: 'too-long', kind: 'standard', line: 10, patient: 1, tumor: 1, item: 'primarySite' },
        says: 'Item `primarySite` has 5 characters, 4 at most.',
      });
  }
});

test('people get a table by rule and item with the first places; ids nobody knows do not fill it', async () => {
  const finding = (i: number): FileFinding => ({
    ...{ file: 'a.xml', rule: 'unknown-id', kind: 'standard', line: i, patient: i, tumor: null, item: `id${i}` },
    says: 'it is unknown',
  });
  const groups = new FindingGroups();
  for (let i = 1; i <= mostGroups + 500; i++) groups.add(finding(i));
  for (let i = 0; i < 5; i++) groups.add({ ...finding(1), line: 10 + i, tumor: 2 });
  const of = groups.of('a.xml');
  expect(of.length).toBe(mostGroups + 1);
  expect(of[0]).toMatchObject({ item: null, count: 500 });
  expect(of[1]).toMatchObject({
    item: 'id1',
    count: 6,
    places: ['1 (patient 1)', '10 (patient 1, tumor 2)', '11 (patient 1, tumor 2)'],
  });
  expect(findingLine(finding(7))).toBe('a.xml:7: unknown-id: it is unknown (patient 7)\n');

  const bad = write('bad3.xml', changed(changed(goodText, 'C501', 'C5012'), '19600229', '20210231'));
  const { validation, findings } = await validate([bad]);
  const shown = new FindingGroups();
  for (const each of findings) shown.add(each);
  const sink = { write: () => true };
  const output = makeOutput({ format: 'table', quiet: true, stdout: sink, stderr: sink, env: {} });
  const text = validationText(output, validation, shown).replaceAll(`${folder}/`, '');
  expect(text).toBe(
    `bad3.xml: 2 errors, 1 of our own checks
NAACCR 260, specification 1.8, record type I: 2 patients, 3 tumors, 13 items
errors  rule                   item         lines                     says
     1  calendar-date (check)  dateOfBirth  8 (patient 1)             Item \`dateOfBirth\` has a day that its month has not.
     1  too-long               primarySite  10 (patient 1, tumor 1)  Item \`primarySite\` has 5 characters, 4 at most.
Not checked: Codes: no code lists were given. The official NAACCR edits: run GenEDITS before submitting.
`
      .replace('lines                     says', 'lines                    says')
      .replace('8 (patient 1)             Item', '8 (patient 1)            Item'),
  );
});

const samples = [
  ['naaccr-xml-sample-v250-abstract-10.xml.gz', 10],
  ['naaccr-xml-sample-v250-abstract-1000.xml.gz', 1000],
  ['naaccr-xml-sample-v250-incidence-1000.xml.gz', 1000],
  ['synthetic-v260-incidence-1000.xml.gz', 1000],
] as const;
const official = ['250', '260'].map(
  (version) => sharedData('naaccr', 'dictionaries', `naaccr-dictionary-${version}.xml`) ?? '',
);
const lists = sharedData('registry-reference', 'naaccr-lookups-260.zip');

describe.skipIf(official.includes('') || lists === null)('the public samples', () => {
  test.each(samples)('%s is valid in every way: %i tumors', async (name, tumors) => {
    const { validation, findings } = await validate([sharedData('naaccr', name)!], official, lists);
    expect(findings).toEqual([]);
    expect(validation.files[0]).toMatchObject({ tumors, errors: 0 });
  });

  test('a file of 250 is none of 260: `sex` is told of in every patient', async () => {
    const { gunzipSync } = await import('node:zlib');
    const { readFileSync } = await import('node:fs');
    const text = gunzipSync(readFileSync(sharedData('naaccr', samples[0][0])!)).toString();
    const file = write('as-260.xml', text.replace('dictionary-250', 'dictionary-260'));
    const { validation, findings } = await validate([file], official);
    const ofSex = findings.filter(({ item }) => item === 'sex');
    expect(ofSex.map(({ patient }) => patient)).toEqual(Array.from({ length: 8 }, (_, i) => i + 1));
    expect(ofSex[0]?.says).toBe('Item `sex` is in no dictionary of the file (260); it is of dictionary 250');
    expect(validation.files[0]?.byRule['unknown-id']).toBe(findings.length);
  });
});
