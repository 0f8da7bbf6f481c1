import type { Manifest } from './manifest.ts';

/** `README.txt` of a package: what is in it, for whoever receives it. Plain text, the same for the same release. */
export const receiverNote = (manifest: Manifest): string => {
  const { file, naaccr, rows, patients, period, release, describes } = manifest;
  const count = (n: number, what: string): string => `${n.toLocaleString('en-US')} ${what}${n === 1 ? '' : 's'}`;
  const form =
    naaccr === null
      ? 'CSV, UTF-8, with a header.'
      : `NAACCR version ${naaccr.dictionary}, record type ${naaccr.record_type}${manifest.format === 'naaccr-xml' ? `, XML specification ${naaccr.specification}` : ', CSV with a header of NAACCR XML ids'}.`;
  return [
    describes,
    '',
    `  ${file.name}`,
    `  ${count(file.bytes, 'byte')}, sha256 ${file.sha256}`,
    '',
    `${count(rows, naaccr === null ? 'row' : 'tumor')}${patients === null ? '' : ` of ${count(patients, 'patient')}`}, ${period.from} up to but not including ${period.to}.`,
    form,
    ...(naaccr !== null && naaccr.record_type !== 'I'
      ? ['It holds names, addresses and texts of patients: send it encrypted, and to nobody but whom it is for.']
      : []),
    ...(naaccr !== null && naaccr.user_dictionaries.length > 0
      ? [`User dictionaries: ${naaccr.user_dictionaries.join(', ')}.`]
      : []),
    '',
    naaccr === null
      ? 'Each row was held to the checks in report.json.'
      : 'The file was written, read again and held to its dictionary. It was NOT put to the official NAACCR edits: run GenEDITS before you rely on it.',
    '',
    'manifest.json    counts, completeness of items, what was left out and why',
    'report.json      what a registrar has to look at; rows by their surrogate keys',
    ...(naaccr === null ? [] : ['edits.csv        cases that fail a named edit, a line each']),
    'difference.json  against the package before: new, modified and gone rows',
    '',
    `Made from release ${release} by profile ${manifest.profile}, version ${manifest.profile_version}.`,
    '',
  ].join('\n');
};
