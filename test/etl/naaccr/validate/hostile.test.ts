import { expect, test } from 'vitest';
import { validateText } from '../../../../etl/naaccr/validate/validate-text.ts';
import { mostOtherIds, PatientIds } from '../../../../etl/naaccr/rule/patient-once.ts';
import { dictionaries, goodText } from '../small-registry.ts';

const [head = '', tail = ''] = goodText.split(/(?=<\/NaaccrData>)/);
const mebibytes = (bytes: number): number => bytes / 2 ** 20;

/** What a stream comes to, and how far the heap grew while it was read; findings are counted, not kept. */
const streamed = async (source: AsyncIterable<string>) => {
  const before = process.memoryUsage().heapUsed;
  let most = before;
  let found = 0;
  const byRule = new Set<string>();
  const summary = await validateText(
    source,
    {
      dictionaries,
      onFinding: ({ rule }) => {
        found++;
        byRule.add(rule);
      },
    },
    async () => {
      most = Math.max(most, process.memoryUsage().heapUsed);
    },
  );
  return { summary, found, rules: [...byRule], grownMiB: mebibytes(most - before) };
};

async function* repeated(piece: string, megabytes: number, before = head, after = tail): AsyncGenerator<string> {
  yield before;
  const text = piece.repeat(Math.ceil(65_536 / piece.length));
  for (let bytes = 0; bytes < megabytes * 1e6; bytes += text.length) yield text;
  yield after;
}

test('a document of 200 MB on a single line is read in flat memory', async () => {
  let id = 10;
  async function* line(): AsyncGenerator<string> {
    yield head.trimEnd();
    const items = '<Item naaccrId="primarySite">C501</Item><Item naaccrId="ageAtDiagnosis">061</Item>'.padEnd(900, ' ');
    for (let bytes = 0; bytes < 200e6;) {
      let text = '';
      for (let i = 0; i < 60; i++)
        text += `<Patient><Item naaccrId="patientIdNumber">${String(id++).padStart(8, '0')}</Item><Tumor>${items}</Tumor></Patient>`;
      bytes += text.length;
      yield text;
    }
    yield tail;
  }
  const { summary, found, grownMiB } = await streamed(line());
  expect([found, summary.patients]).toEqual([0, id - 10 + 2]);
  expect(grownMiB).toBeLessThan(200);
}, 60_000);

test.each([
  ['a text', 'x', '<Patient><Item naaccrId="stateNote">', ['text-too-long']],
  ['a comment', 'x', '<!--', ['text-too-long']],
  ['an attribute', 'x', '<Item naaccrId="', ['text-too-long']],
  ['text outside of items', 'x ', '', ['text-too-long']],
  ['open elements', '<a>', '<own:x>', ['too-deep']],
])('%s without end ends the reading', async (_what, piece, open, rules) => {
  const at = head.indexOf('<Patient>');
  const { found, rules: met, grownMiB } = await streamed(repeated(piece, 50, head.slice(0, at) + open));
  expect([found, met]).toEqual([1, rules]);
  expect(grownMiB).toBeLessThan(100);
});

test.each([
  ['elements out of place', 1000, '<a/>'],
  ['items nobody knows, each by another id', 200, '<Item naaccrId="shoe"SIZE>1</Item>'],
  ['items without id', 200, '<Item>1</Item>'],
])(
  'errors (%s) are counted to the last in flat memory, %i thousand of them',
  async (_what, thousands, piece) => {
    let made = 0;
    async function* many(): AsyncGenerator<string> {
      yield `${head}<Patient>`;
      for (let i = 0; i < thousands; i++) {
        let text = '';
        for (let j = 0; j < 1000; j++) text += piece.replace('"SIZE', `${made++}"`);
        yield text;
      }
      yield `</Patient>${tail}`;
    }
    const { summary, found, grownMiB } = await streamed(many());
    expect([found, summary.errors, made]).toEqual([made, made, thousands * 1000]);
    expect(grownMiB).toBeLessThan(150);
  },
  60_000,
);

test('entities are neither expanded nor read from files', async () => {
  const bomb = `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "Secret"><!ENTITY b "${'&a;'.repeat(1000)}"><!ENTITY c SYSTEM "file:///etc/passwd">]>\n`;
  async function* text(): AsyncGenerator<string> {
    yield bomb + goodText.replace(/^.*\n/, '').replace('C501', '&b;&c;');
  }
  const { summary, rules } = await streamed(text());
  expect(rules).toEqual(['document-type']);
  expect(summary).toMatchObject({ patients: 0, errors: 1 });
  expect(summary.notChecked[0]).toBe('Anything behind line 2: reading ended there.');
});

test('patient ids are told apart one by one, a hundred million of them in 12.5 MB', () => {
  const ids = new PatientIds();
  const before = process.memoryUsage().arrayBuffers;
  for (let id = 0; id < 100_000_000; id += 37) if (ids.meet(String(id).padStart(8, '0'))) throw new Error('met before');
  expect(ids.meet('00000037')).toBe(true);
  expect(ids.meet('00000038')).toBe(false);
  expect(ids.meet('99999999')).toBe(false);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(13_000_000);
});

test('ids of another shape are kept up to a number, and beyond it the rest is counted', () => {
  const ids = new PatientIds();
  for (let id = 0; id < mostOtherIds; id++) ids.meet(`A${id}`);
  expect([ids.meet('A0'), ids.unchecked]).toEqual([true, 0]);
  expect([ids.meet('B'), ids.meet('B'), ids.unchecked]).toEqual([false, false, 2]);
});
