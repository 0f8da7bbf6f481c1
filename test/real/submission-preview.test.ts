import { join } from 'node:path';
import { expect, test } from 'vitest';
import { previewSubmission } from '../../etl/submission/preview.ts';
import { previewEdits } from '../../etl/submission/preview-edits.ts';
import { limitsOf, releaseFolder } from '../../etl/workspace/folders.ts';
import { readWorkspace } from '../../etl/workspace/workspace.ts';
import { openReader } from '../../warehouse/open.ts';
import { currentRelease, releaseFile } from '../../warehouse/release-folder.ts';
import { himsight } from '../etl/cli/himsight.ts';
import { sharedData } from '../support/shared-data.ts';
import { ranWorkspace } from './workspace.ts';

const sample = sharedData('naaccr', 'naaccr-xml-sample-v250-incidence-1000.xml.gz');
const dictionaries = sharedData('naaccr', 'dictionaries');

interface Made {
  readonly manifest: {
    readonly rows: number;
    readonly patients: number;
    readonly by_year: Readonly<Record<string, number>>;
    readonly missing: Readonly<Record<string, number>>;
  };
  readonly report: { readonly edits: { readonly failing: readonly object[] } };
}

test.skipIf(sample === null)(
  'what a page tells of a package beforehand is what is in it',
  async () => {
    const { folder } = ranWorkspace(
      `path: '${sample!}', format: naaccr-xml, mapping: naaccr-xml, privacy: synthetic`,
      `registry:
  dictionaries: ['${dictionaries!}/*.xml']
  profiles:
    all: { like: incidence, cases: { behavior: ['0', '1', '2', '3'] } }
    some:
      like: all
      dictionary: '250'
      items: [patientIdNumber, primarySite, sex, dateOfDiagnosis]
      required: [patientIdNumber, sex, race1, ruralurbanContinuum2013]
    beyond: { like: all, required: [npiReportingFacility, rxSummSurgPrimSite, dateOfDiagnosis, sexAssignedAtBirth] }
`,
    );
    const workspace = readWorkspace(folder);
    const reader = await openReader(
      releaseFile(releaseFolder(workspace), currentRelease(releaseFolder(workspace))!),
      limitsOf(workspace),
    );
    const period = { from: '1990-01-01', to: '2022-07-01' };
    for (const profile of ['all', 'some', 'beyond']) {
      const words = ['--from', period.from, '--to', period.to, '--out', join(folder, profile), '--format', 'json'];
      const { out, err } = himsight(folder, 'submit', profile, ...words);
      expect(err).toBe('');
      const { manifest, report } = JSON.parse(out) as Made;
      const asked = { workspace, reader, profile, period };
      const { sent, patients, byYear, required, refusal } = await previewSubmission(asked);
      expect({ sent, patients, refusal }).toEqual({ sent: manifest.rows, patients: manifest.patients, refusal: null });
      expect(Object.fromEntries(byYear.map(({ year, rows }) => [year, rows]))).toEqual(manifest.by_year);
      expect(Object.fromEntries(required.flatMap((one) => (one.missing > 0 ? [[one.item, one.missing]] : [])))).toEqual(
        manifest.missing,
      );
      const { edits } = await previewEdits(asked);
      expect(edits!.filter(({ failing }) => failing > 0).sort((a, b) => b.failing - a.failing)).toEqual(
        report.edits.failing,
      );
    }
    await reader.close();
  },
  120_000,
);
