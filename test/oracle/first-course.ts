type Items = Readonly<Record<string, string | undefined>>;

const numbers = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i).padStart(2, '0'));

/** Codes of each item that say it was given, was not, or is not known; all others say nothing. */
const CODES: Readonly<
  Record<string, readonly [given: readonly string[], not: readonly string[], unknown: readonly string[]]>
> = {
  rxSummSurgPrimSite: [numbers(10, 90), ['00'], ['99']],
  rxSummRadiation: [
    ['1', '2', '3', '4', '5', '6'],
    ['0', '7'],
    ['8', '9'],
  ],
  phase1RadiationTreatmentModality: [[...numbers(1, 16), '98'], ['00'], ['99']],
  rxSummChemo: [
    ['01', '02', '03'],
    ['00', '82', '85', '86', '87'],
    ['88', '99'],
  ],
  rxSummHormone: [['01'], ['00', '82', '85', '86', '87'], ['88', '99']],
  rxSummBrm: [['01'], ['00', '82', '85', '86', '87'], ['88', '99']],
  rxSummTransplntEndocr: [
    ['10', '11', '12', '20', '30', '40'],
    ['00', '82', '85', '86', '87'],
    ['88', '99'],
  ],
  rxSummOther: [
    ['1', '2', '3', '6'],
    ['0', '7'],
    ['8', '9'],
  ],
};

type Answer = 'given' | 'not_given' | 'not_known' | null;

const answerOf = (items: Items, id: string): Answer => {
  const code = items[id];
  if (code === undefined) return null;
  const [given, not, unknown] = CODES[id]!;
  return given.includes(code)
    ? 'given'
    : not.includes(code)
      ? 'not_given'
      : unknown.includes(code)
        ? 'not_known'
        : null;
};

const surgeryOf = (items: Items): Answer => {
  const letter = items.rxSummSurgPrimSite2023;
  if (letter === undefined) return answerOf(items, 'rxSummSurgPrimSite');
  const code = Number(letter.slice(1));
  return code === 0 ? 'not_given' : code >= 100 && code <= 900 ? 'given' : code === 990 ? 'not_known' : null;
};

/** What was given of an abstract's first course, modality by modality. */
export const firstCourse = (items: Items): Readonly<Record<string, Answer>> => {
  const spoken = ['given', 'not_given', 'not_known'];
  const radiation = answerOf(items, 'rxSummRadiation');
  return {
    surgery: surgeryOf(items),
    radiation: spoken.includes(String(radiation)) ? radiation : answerOf(items, 'phase1RadiationTreatmentModality'),
    chemotherapy: answerOf(items, 'rxSummChemo'),
    hormone: answerOf(items, 'rxSummHormone'),
    immunotherapy: answerOf(items, 'rxSummBrm'),
    transplant: answerOf(items, 'rxSummTransplntEndocr'),
    other: answerOf(items, 'rxSummOther'),
  };
};

/** The words for what was given together; the empty text where nothing is told. */
export const treatmentOf = (items: Items): string => {
  const { surgery, radiation, other, ...systemic } = firstCourse(items);
  const given = [
    ...(surgery === 'given' ? ['surgery'] : []),
    ...(radiation === 'given' ? ['radiation'] : []),
    ...(Object.values(systemic).includes('given') ? ['systemic'] : []),
  ];
  if (given.length > 0) return given.join('_');
  if (other === 'given') return 'other';
  const all = [surgery, radiation, other, ...Object.values(systemic)];
  if (all.includes('not_known')) return 'not_known';
  return all.includes('not_given') ? 'none' : '';
};
