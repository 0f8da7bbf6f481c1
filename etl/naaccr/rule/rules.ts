import { calendarDate } from './calendar-date.ts';
import { codeListRule } from './code-list.ts';
import { dataTypes } from './data-type.ts';
import { dictionaryRules } from './dictionary.ts';
import { leadingSpace, trailingSpace } from './edge-space.ts';
import { itemRules } from './item.ts';
import { tooLong, tooShort } from './length.ts';
import { patientOnce } from './patient-once.ts';
import { recordTypeItem, recordVersion } from './root-item.ts';
import { rootRules } from './root.ts';
import type { Rule } from './rule.ts';
import { structureRules } from './structure.ts';
import type { ValueRule } from './value-rule.ts';
import { xmlRules } from './xml.ts';
import { zeroPadding } from './zero-padding.ts';

/** The rules of the standard that values are held to. */
export const valueRules: readonly ValueRule[] = [
  tooLong,
  tooShort,
  ...dataTypes,
  leadingSpace,
  trailingSpace,
  zeroPadding,
];

const ours: readonly Rule[] = [
  calendarDate,
  recordVersion(null),
  recordTypeItem(null),
  patientOnce,
  codeListRule({ version: null, lists: new Map() }),
];

/** Names of the checks of our own, which may be switched off. */
export const checkNames: readonly string[] = ours.map(({ code }) => code);

/** Every rule there is, by its code. */
export const rules: ReadonlyMap<string, Rule> = new Map(
  [
    ...Object.values(xmlRules),
    ...Object.values(rootRules),
    ...Object.values(structureRules),
    ...Object.values(itemRules),
    ...valueRules,
    ...ours,
    ...Object.values(dictionaryRules),
  ].map(({ code, kind, says, source }) => [code, { code, kind, says, source }]),
);
