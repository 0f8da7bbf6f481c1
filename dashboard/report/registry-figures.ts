import type { RegistryBasis } from '../../warehouse/query/registry/basis.ts';
import { cancerSurvivalFigure, survivalBy } from '../chart/cancer-survival-figure.ts';
import { noteOfParts } from '../chart/figure.ts';
import { ratesBy, ratesFigure, type RegistryFigure } from '../chart/rates-figure.ts';
import { formatCount } from '../data/format.ts';
import { bases, yearsWords } from '../data/registry.ts';
import { usualChoice, writeChoice, type RegistryChoice } from '../data/registry-choice.ts';
import {
  hasRates,
  hasSurvival,
  ratesQuestion,
  recodeOf,
  splitsOf,
  survivalQuestion,
  survivalSplitsOf,
} from '../data/registry-question.ts';
import { splitWords, whoseWords } from '../data/registry-words.ts';
import type { Desk } from './desk.ts';
import { refuse } from './page-error.ts';
import { reportTable, type Part } from './report.ts';

/** One sentence for each part of a choice that this release cannot follow: the screen gives way, a report does not. */
const problemsOf = (basis: RegistryBasis, choice: RegistryChoice): readonly string[] => {
  if (writeChoice(choice).length === 0) return [];
  if (!hasRates(basis) && !hasSurvival(basis))
    return ['This release knows no people and no cases that rates or survival could be counted of.'];
  const groups = new Set(recodeOf(basis, choice)?.groups.map(({ value }) => value));
  const isAsked = (key: 'rates' | 'survival') => choice[key] !== usualChoice[key];
  const no = (isWrong: boolean, sentence: string) => (isWrong ? [sentence] : []);
  return [
    ...no(
      choice.recode !== null && !basis.siteRecodes.some(({ scheme }) => scheme === choice.recode),
      `The site recode ${choice.recode ?? ''} is not configured.`,
    ),
    ...no(
      choice.sites.some((site) => !groups.has(site)),
      'A cancer site of the address is none of the site recode.',
    ),
    ...no(
      choice.standard !== null && !basis.standards.includes(choice.standard),
      'The standard population of the address is not configured.',
    ),
    ...no(
      isAsked('rates') && !splitsOf(basis).includes(choice.rates),
      `This release cannot split rates by ${splitWords[choice.rates].toLowerCase()}.`,
    ),
    ...no(
      isAsked('survival') && !survivalSplitsOf(basis).includes(choice.survival),
      `This release cannot split survival by ${splitWords[choice.survival].toLowerCase()}.`,
    ),
    ...no(
      choice.measure === 'relative' && basis.lifeTable === null,
      'Relative survival needs a life table, and none is configured.',
    ),
  ];
};

/** A figure with what it stands on, and its table; what cannot be drawn says why. */
const figureParts = ({ title, note, drawing, empty, foot }: RegistryFigure): readonly Part[] =>
  drawing === null
    ? [{ kind: 'facts', title, entries: [['Not drawn', empty]] }]
    : [
        { kind: 'figure', title, note: noteOfParts(note, foot), drawing, isSmall: false },
        { kind: 'table', title, note: '', table: reportTable(drawing(700).table) },
      ];

/** Tables and days that the figures of a registry need, in force or not. */
const basisPart = ({ tables }: RegistryBasis): Part => {
  const cell = (text: string) => ({ text, raw: text === '' ? null : text });
  const rows = bases.flatMap(({ basis, label, key }) => {
    const own = tables.filter((one) => one.basis === basis);
    const missing = key === '' ? 'no abstract yet' : `not configured: ${key} of himsight.yaml`;
    return own.length === 0
      ? [[cell(label), cell(missing), cell(''), { text: '', raw: null }]]
      : own.map((row) => [
          ...[cell(label), cell(row.name), cell(yearsWords(row))],
          { text: formatCount(row.rows), raw: row.rows },
        ]);
  });
  return {
    ...{ kind: 'table', title: 'What these figures stand on', note: '' },
    table: {
      columns: ['Basis', 'In force', 'Years', 'Rows'].map((label) => ({ label, numeric: label === 'Rows' })),
      rows: rows.map((cells) => ({ cells, group: null })),
      ...{ foot: null, claimed: rows.length },
    },
  };
};

/**
 * Rates and survival as the page of a registry asks for them, and what they stand on.
 *
 * @throws PageError where the release cannot follow a part of what is asked
 */
export const registryFigures = async (
  desk: Pick<Desk, 'registryBasis' | 'rates' | 'cancerSurvival'>,
  choice: RegistryChoice,
): Promise<readonly Part[]> => {
  const basis = await desk.registryBasis();
  refuse(problemsOf(basis, choice));
  const whose = whoseWords(recodeOf(basis, choice), choice);
  const parts: Part[] = [];
  if (hasRates(basis)) {
    const by = ratesBy(basis, choice);
    parts.push(...figureParts(ratesFigure(by, whose, await desk.rates(ratesQuestion({ ...choice, rates: by })))));
  }
  if (hasSurvival(basis)) {
    const by = survivalBy(basis, choice);
    const answer = await desk.cancerSurvival(survivalQuestion({ ...choice, survival: by }));
    parts.push(...figureParts(cancerSurvivalFigure({ by, choice, whose, answer })));
  }
  return [...parts, basisPart(basis)];
};
