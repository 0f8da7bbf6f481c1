import type { ValueRule } from './value-rule.ts';

/** Items of the root that repeat what its attributes say: both must agree. */
export const recordVersion = (version: string | null): ValueRule => ({
  code: 'record-version',
  kind: 'check',
  says: 'naaccrRecordVersion is the version of the base dictionary.',
  source: 'a check of our own; item 50 of the NAACCR data dictionary',
  concerns: ({ id }) => id === 'naaccrRecordVersion' && version !== null,
  broken: (value) => (value === version ? null : `is not ${version}, the version of the base dictionary`),
});

export const recordTypeItem = (recordType: string | null): ValueRule => ({
  code: 'record-type-item',
  kind: 'check',
  says: 'The item recordType is the record type of the file.',
  source: 'a check of our own; item 10 of the NAACCR data dictionary',
  concerns: ({ id }) => id === 'recordType' && recordType !== null,
  broken: (value) => (value === recordType ? null : `is not ${recordType}, the record type of the file`),
});
