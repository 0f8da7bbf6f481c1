import { expect, test } from 'vitest';
import { plainItemAt } from '../../../../etl/naaccr/xml/plain-item.ts';
import { brokenItems, brokenStructure } from '../rule/broken-document.ts';
import { goodText, validated } from '../small-registry.ts';

test('an Item as programs write it is read whole, with its end', () => {
  expect(plainItemAt('ab<Item naaccrId="x1">a > "b"\n\tc</Item>d', 2)).toEqual({
    ...{ id: 'x1', number: null, value: 'a > "b"\n\tc', end: 39 },
  });
  expect(plainItemAt('<Item naaccrId="x" naaccrNum="400"></Item>', 0)).toEqual({
    id: 'x',
    number: '400',
    value: '',
    end: 42,
  });
});

test.each([
  ['another element', '<Tumor>'],
  ['another attribute first', '<Item naaccrNum="1" naaccrId="x">1</Item>'],
  ['two blanks', '<Item  naaccrId="x">1</Item>'],
  ['other quotes', "<Item naaccrId='x'>1</Item>"],
  ['no id', '<Item naaccrId="">1</Item>'],
  ['an id that is none', '<Item naaccrId="a-b">1</Item>'],
  ['an entity in the id', '<Item naaccrId="a&amp;b">1</Item>'],
  ['a number that is none', '<Item naaccrId="x" naaccrNum="-1">1</Item>'],
  ['no end tag', '<Item naaccrId="x"/>'],
  ['an entity', '<Item naaccrId="x">a&amp;b</Item>'],
  ['CDATA', '<Item naaccrId="x"><![CDATA[a]]></Item>'],
  ['the end of CDATA', '<Item naaccrId="x">]]></Item>'],
  ['a carriage return', '<Item naaccrId="x">a\r\nb</Item>'],
  ['a control character', '<Item naaccrId="x">a\u0001</Item>'],
  ['a letter beyond ASCII', '<Item naaccrId="x">é</Item>'],
  ['an element within', '<Item naaccrId="x">a<b/></Item>'],
  ['blanks in the end tag', '<Item naaccrId="x">a</Item >'],
])('%s is left to the parser', (_what, text) => {
  expect(plainItemAt(text, 0)).toBeNull();
});

test('wherever the text ends within a plain Item, it waits for the rest', () => {
  const whole = '<Item naaccrId="x" naaccrNum="400">C501</Item>';
  for (let end = 1; end < whole.length; end++) expect([end, plainItemAt(whole.slice(0, end), 0)]).toEqual([end, 'cut']);
});

const documents = [goodText, ...[...brokenStructure, ...brokenItems].map(({ broken }) => broken)];

test('the parser finds the same in every document where no Item is plain', async () => {
  for (const text of documents.filter(({ length }) => length < 1_000_000)) {
    const { findings, summary } = await validated(text);
    const slow = await validated(text.replaceAll('<Item naaccrId', '<Item  naaccrId'));
    expect([slow.findings, slow.summary]).toEqual([findings, summary]);
  }
});
