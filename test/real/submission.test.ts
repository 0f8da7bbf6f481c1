import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { himsight } from '../etl/cli/himsight.ts';
import { sharedData } from '../support/shared-data.ts';
import { ranWorkspace } from './workspace.ts';

const dictionaries = sharedData('naaccr', 'dictionaries');
const samples = ['naaccr-xml-sample-v250-incidence-1000.xml.gz', 'synthetic-v260-incidence-1000.xml.gz'] as const;
const everyCase = '{ behavior: ["0", "1", "2", "3"] }';

type Items = Readonly<Record<string, string>>;

/** Tumors of a NAACCR XML file, each with its patient's items, read by patterns alone: nothing of the program is used. */
const tumorsOf = (file: string): readonly Items[] => {
  const bytes = readFileSync(file);
  const xml = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8');
  const itemsOf = (part: string): Items =>
    Object.fromEntries(
      [...part.matchAll(/<Item [^>]*?naaccrId="(\w+)"[^>]*>([^<]*)<\/Item>/g)].map(([, id = '', text = '']) => [
        id,
        text.trim(),
      ]),
    );
  return [...xml.matchAll(/<Patient>([\s\S]*?)<\/Patient>/g)].flatMap(([, patient = '']) => {
    const own = itemsOf(patient.split('<Tumor>')[0]!);
    return [...patient.matchAll(/<Tumor>([\s\S]*?)<\/Tumor>/g)].map(([, tumor = '']) => ({
      ...own,
      ...itemsOf(tumor),
    }));
  });
};

/** Items of a dictionary that record type I may hold, with length and padding. */
const allowed = (version: string): ReadonlyMap<string, { readonly length: number; readonly isPadded: boolean }> => {
  const text = readFileSync(join(dictionaries!, `naaccr-dictionary-${version}.xml`), 'utf8');
  return new Map(
    [...text.matchAll(/<ItemDef([^>]*)>/g)].flatMap(([, item = '']) => {
      const of = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(item)?.[1] ?? '';
      if (!of('recordTypes').includes('I') || of('parentXmlElement') === 'NaaccrData') return [];
      return [[of('naaccrId'), { length: Number(of('length')), isPadded: of('padding') === 'leftZero' }] as const];
    }),
  );
};

/** What is expected of a tumor under another version: its items as they were, those alone that the version has. */
const expected = (tumor: Items, version: string): Items => {
  const known = allowed(version);
  const [old, other] = version === '260' ? ['sex', 'sexAssignedAtBirth'] : ['sexAssignedAtBirth', 'sex'];
  const sent: Record<string, string> = {};
  for (const [id, text] of Object.entries(tumor)) {
    const name = id === old && !known.has(old) && ['1', '2', '9'].includes(text) && !(other in tumor) ? other : id;
    const item = known.get(name);
    if (item && text !== '') sent[name] = item.isPadded && /^\d+$/.test(text) ? text.padStart(item.length, '0') : text;
  }
  return sent;
};

const inOrder = (tumors: readonly Items[]): readonly string[] =>
  tumors.map((tumor) => JSON.stringify(Object.entries(tumor).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();

const submitted = (folder: string, profile: string, out: string) =>
  himsight(folder, 'submit', profile, '--from', '1900', '--to', '2100', '--out', join(folder, out), '--format', 'json');

test.skipIf(dictionaries === null).each(samples)(
  '%s goes out under 250 and under 260 as the cases that came in',
  (name) => {
    const source = sharedData('naaccr', name)!;
    const { folder } = ranWorkspace(
      `path: '${source}', format: naaccr-xml, mapping: naaccr-xml, privacy: synthetic`,
      `registry:
  dictionaries: ['${dictionaries!}/*.xml']
  profiles:
    v250: { like: incidence, dictionary: '250', cases: ${everyCase}, file: all.xml }
    v260: { like: incidence, dictionary: '260', cases: ${everyCase}, file: all.xml.gz }
    prep: { like: seer-prep, cases: ${everyCase}, file: all.csv }
    states: { like: incidence, items: [primarySite, nameLast] }
    full: { like: incidence, record_type: A }
`,
    );
    const came = tumorsOf(source);
    for (const version of ['250', '260']) {
      const first = submitted(folder, `v${version}`, `${version}-a`);
      expect([first.code, first.err]).toEqual([0, '']);
      const file = version === '250' ? 'all.xml' : 'all.xml.gz';
      expect(readdirSync(join(folder, `${version}-a`)).sort()).toEqual(
        ['README.txt', file, 'difference.json', 'edits.csv', 'manifest.json', 'report.json'].sort(),
      );
      expect(inOrder(tumorsOf(join(folder, `${version}-a`, file)))).toEqual(
        inOrder(came.map((tumor) => expected(tumor, version))),
      );
      expect(JSON.parse(first.out)).toMatchObject({
        manifest: { rows: 1000, naaccr: { dictionary: version } },
      });
      if (!name.includes(`v${version}`)) continue;
      const second = submitted(folder, `v${version}`, `${version}-b`);
      expect(JSON.parse(second.out)).toMatchObject({ difference: { added: [], modified: [], gone: [] } });
      for (const each of [file, 'manifest.json', 'report.json', 'edits.csv', 'README.txt'])
        expect(
          readFileSync(join(folder, `${version}-b`, each)).equals(readFileSync(join(folder, `${version}-a`, each))),
        ).toBe(true);
      expect(himsight(folder, 'validate', join(folder, `${version}-a`, file)).code).toBe(0);
    }
    const prep = submitted(folder, 'prep', 'prep');
    expect(prep.code).toBe(0);
    expect(
      readFileSync(join(folder, 'prep', 'all.csv'), 'utf8')
        .trimEnd()
        .split('\r\n'),
    ).toHaveLength(1001);
    for (const [profile, code, says] of [
      ['states', 2, /nameLast.*record type I/],
      ['full', 2, /record type A.*registry database/s],
    ] as const) {
      const refused = submitted(folder, profile, profile);
      expect([refused.code, existsSync(join(folder, profile))]).toEqual([code, false]);
      expect(refused.err).toMatch(says);
    }
    writeFileSync(join(folder, 'taken'), '');
    expect(submitted(folder, 'v260', 'taken').err).toMatch(/overwrites nothing/);
  },
);
