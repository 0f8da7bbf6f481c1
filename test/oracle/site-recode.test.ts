import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { tablesIn } from '../etl/code-table/files.ts';
import { readCodeTable, tableRows } from '../../etl/code-table/code-table.ts';
import { codeTableColumns } from '../../etl/raw/code-table-columns.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { readRows } from '../../warehouse/rows.ts';
import { sharedData } from '../support/shared-data.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';
import { drawFrom } from './chance.ts';
import { behaviorRecode, siteRecodeBy, type RecodedTumor } from './site-recode.ts';

const folder = sharedData('registry-reference', 'imsweb-algorithms');
const files = ['2008', '2023'].map((scheme) => `${folder}/site-recode-data-${scheme}.csv`);

/** Rows of the published tables as the product reads them, drawn as text. */
const siteRecodeText = async (): Promise<string> => {
  const workspace = tablesIn({}, { site_recode_2008: files[0]!, site_recode_2023: files[1]! });
  const names = codeTableColumns.site_recode!.map(({ name }) => name);
  const lines: string[] = [];
  for (const kind of ['site_recode_2008', 'site_recode_2023'] as const) {
    const { connection, close } = await openBuilder(null);
    onTestFinished(close);
    const found = await readRows(connection, `select * from (${tableRows(await readCodeTable(workspace, kind))})`);
    lines.push(...found.map((row) => names.map((name) => String(row[name] ?? '')).join(' | ')));
  }
  return [names.join(' | '), ...lines].join('\n');
};

test.skipIf(folder === null)(
  'recodes of random tumors equal a plain reading of the published tables',
  async () => {
    const draw = drawFrom(2_008_2_023);
    const hard = [
      '9050',
      '9140',
      '9590',
      '9650',
      '9667',
      '9724',
      '9727',
      '9731',
      '9811',
      '9819',
      '9823',
      '9827',
      '9837',
    ];
    const tumors = Array.from({ length: 6000 }, (): RecodedTumor => ({
      site: draw.maybe(0.01) ? null : `C${String(draw.whole(0, 809)).padStart(3, '0')}`,
      histology: draw.maybe(0.01)
        ? null
        : draw.maybe(0.3)
          ? draw.one(hard)
          : String(draw.maybe(0.5) ? draw.whole(8000, 8999) : draw.whole(9000, 9993)),
      behavior: draw.maybe(0.02) ? null : draw.one(['0', '1', '2', '3', '3', '3']),
      year: draw.maybe(0.02) ? null : draw.one([1995, 2001, 2003, 2004, 2009, 2010, 2022]),
    }));
    const drawn = tumors.map(({ site, histology, behavior, year }, i) =>
      [`p${i}`, site ?? '', histology ?? '', behavior ?? '', year ?? ''].join(' | '),
    );
    const { connection, close } = await buildInMemory({
      looksAt: ['core.tumor_recode'],
      raw: {
        site_recode: await siteRecodeText(),
        tumor: [
          'patient_key | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | dateOfDiagnosis',
          ...drawn.map((line) => line),
        ].join('\n'),
      },
    });
    onTestFinished(close);
    const found = new Map(
      (
        await rows(
          connection,
          'select patient_key, site_recode_2008 as a, site_recode_2023 as b, behavior_recode as c from core.tumor_recode',
        )
      ).map((row) => [row.patient_key, [row.a, row.b, row.c]]),
    );
    const [of2008, of2023] = files.map((file, i) =>
      siteRecodeBy(readFileSync(file, 'utf8'), i === 0 ? '2008' : '2023'),
    ) as [(tumor: RecodedTumor) => string, (tumor: RecodedTumor) => string];
    const seen = [new Set<string>(), new Set<string>(), new Set<string>()] as const;
    for (const [i, tumor] of tumors.entries()) {
      const expected = [of2008(tumor), of2023(tumor), behaviorRecode(tumor)];
      expected.forEach((code, place) => seen[place]!.add(code));
      expect([tumor, found.get(`p${i}`)]).toEqual([tumor, expected]);
    }
    // Nearly every group was put to the test.
    expect(seen[0].size).toBeGreaterThan(75);
    expect(seen[1].size).toBeGreaterThan(75);
    expect([...seen[2]].sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '9']);
  },
  240_000,
);

test('without the tables there is no recode, and nobody guesses one', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['core.tumor_recode'],
    raw: {
      tumor:
        'patient_key | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | dateOfDiagnosis\n p | C509 | 8500 | 3 | 2020',
    },
  });
  onTestFinished(close);
  expect(
    await rows(connection, 'select site_recode_2008, site_recode_2023, behavior_recode from core.tumor_recode'),
  ).toEqual([{ site_recode_2008: null, site_recode_2023: null, behavior_recode: '3' }]);
}, 120_000);
