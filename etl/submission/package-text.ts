import type { MadePackage } from './make-package.ts';

/** What a person reads when a package is made. */
export const packageText = ({ manifest, difference, folder, report }: MadePackage): string => {
  const { file, rows, patients, naaccr } = manifest;
  const of = patients === null ? '' : ` of ${counted(patients)} patients`;
  return [
    `${file.name}: ${counted(rows)} ${naaccr === null ? 'rows' : 'tumors'}${of}, ${counted(file.bytes)} bytes`,
    ...manifest.left_out.map(({ says, rows: n }) => `  not sent: ${counted(n)} ${says}`),
    ...Object.entries(manifest.missing).map(([item, n]) => `  without ${item}: ${counted(n)}`),
    ...manifest.checks
      .filter(({ violated }) => violated > 0)
      .map(({ id, violated, says }) => `  ${id}: ${counted(violated)} break it. ${says}`),
    ...editLines(report),
    difference.before === null
      ? 'The first package of this profile.'
      : `Since the package before: ${counted(difference.added.length)} new, ${counted(difference.modified.length)} modified, ${counted(difference.gone.length)} gone.`,
    ...(naaccr === null ? [] : ['These are not the official NAACCR edits: run GenEDITS before submitting.']),
    `Package: ${folder}`,
    '',
  ].join('\n');
};

const counted = (n: number): string => n.toLocaleString('en-US');

/** The edits that most cases fail; all of them stand in the package. */
const editLines = ({ edits }: MadePackage['report']): readonly string[] => {
  if (edits === null) return [];
  const sum = (of: 'cases' | 'withoutErrors'): number => edits.years.reduce((all, year) => all + year[of], 0);
  const share = sum('cases') === 0 ? '–' : `${((100 * sum('withoutErrors')) / sum('cases')).toFixed(1)} %`;
  const shown = 5;
  return [
    `Of the cases ${share} fail no named edit of level error. ${counted(edits.failing.length)} of ${counted(edits.asked)} edits find something${edits.failing.length > 0 ? ':' : '.'}`,
    ...edits.failing
      .slice(0, shown)
      .map(
        ({ id, level, of, failing, says }) =>
          `  ${id} (${level}): ${counted(failing)} ${failing === 1 ? `${of} fails` : `${of}s fail`} it. ${says}`,
      ),
    ...(edits.failing.length > shown
      ? [`  … and ${edits.failing.length - shown} more in report.json; cases in edits.csv`]
      : []),
  ];
};
