import type { MadePackage } from './make-package.ts';

/** What a person reads when a package is made. */
export const packageText = ({ manifest, difference, folder }: Omit<MadePackage, 'report'>): string => {
  const { file, rows, patients, naaccr } = manifest;
  const of = patients === null ? '' : ` of ${counted(patients)} patients`;
  return [
    `${file.name}: ${counted(rows)} ${naaccr === null ? 'rows' : 'tumors'}${of}, ${counted(file.bytes)} bytes`,
    ...manifest.left_out.map(({ says, rows: n }) => `  not sent: ${counted(n)} ${says}`),
    ...Object.entries(manifest.missing).map(([item, n]) => `  without ${item}: ${counted(n)}`),
    ...manifest.checks
      .filter(({ violated }) => violated > 0)
      .map(({ id, violated, says }) => `  ${id}: ${counted(violated)} break it. ${says}`),
    difference.before === null
      ? 'The first package of this profile.'
      : `Since the package before: ${counted(difference.added.length)} new, ${counted(difference.modified.length)} modified, ${counted(difference.gone.length)} gone.`,
    ...(naaccr === null ? [] : ['These are not the official NAACCR edits: run GenEDITS before submitting.']),
    `Package: ${folder}`,
    '',
  ].join('\n');
};

const counted = (n: number): string => n.toLocaleString('en-US');
