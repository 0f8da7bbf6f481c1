import type { FileDictionaries } from '../dictionary/items-of.ts';
import type { CodeLists } from '../rule/code-list.ts';
import { mostOtherIds } from '../rule/patient-once.ts';
import { checkNames } from '../rule/rules.ts';

/** What a validator knows of what it could not look at. */
export interface Gaps {
  /** Line on which reading ended before the end of the file; null where it did not. */
  readonly faultLine: number | null;
  readonly isNoNaaccr: boolean;
  /** Null where no root was read. */
  readonly dictionaries: FileDictionaries | null;
  /** Values of ids that no dictionary at hand knows while one is missing. */
  readonly unjudged: number;
  /** Version of the base dictionary. */
  readonly version: string | null;
  readonly codeLists: CodeLists | null;
  /** Checks that were on. */
  readonly checks: ReadonlySet<string>;
  /** Patient ids that were not looked at for standing twice. */
  readonly uncheckedIds: number;
}

/** What was not looked at in a file, as sentences: a file without errors is valid but for these. */
export const notCheckedOf = (gaps: Gaps): readonly string[] => [
  ...readingGaps(gaps),
  ...dictionaryGaps(gaps),
  ...checkGaps(gaps),
  'The official NAACCR edits: run GenEDITS before submitting.',
];

const readingGaps = ({ faultLine, isNoNaaccr }: Gaps): readonly string[] => [
  ...(faultLine === null ? [] : [`Anything behind line ${faultLine}: reading ended there.`]),
  ...(isNoNaaccr ? ['Anything but the outermost element: this is no NAACCR XML.'] : []),
];

const dictionaryGaps = ({ dictionaries, unjudged }: Gaps): readonly string[] => {
  if (dictionaries === null) return [];
  const { base, missing, items } = dictionaries;
  const notJudged = `${unjudged} values of ids that are not known here were not judged.`;
  if (base?.isPartial)
    return [
      `The base dictionary was not given: what the program knows of ${items.size} items stood for it; ${notJudged}`,
    ];
  return base === null || missing.length > 0 ? [`A dictionary is missing: ${notJudged}`] : [];
};

const checkGaps = ({ version, codeLists, checks, uncheckedIds }: Gaps): readonly string[] => {
  const off = checkNames.filter((name) => !checks.has(name));
  const listed = codeLists?.version ?? null;
  return [
    ...(codeLists === null && checks.has('code-list') ? ['Codes: no code lists were given.'] : []),
    ...(listed !== null && version !== null && listed !== version
      ? [`Codes by lists of ${version}: those given are of ${listed}, and were used.`]
      : []),
    ...(off.length > 0 ? [`Switched off: ${off.join(', ')}.`] : []),
    ...(uncheckedIds > 0
      ? [`Whether ${uncheckedIds} patient ids stand twice that are not eight digits, beyond the first ${mostOtherIds}.`]
      : []),
  ];
};
