import type { RegistryBasis } from '../../warehouse/query/registry/basis.ts';
import { formatCount } from '../data/format.ts';
import type { CancerSurvival } from '../data/registry-answer.ts';
import type { RegistryChoice } from '../data/registry-choice.ts';
import { survivalSplitsOf } from '../data/registry-question.ts';
import { excludedWords, firstOfWords, splitWords, withheldWords } from '../data/registry-words.ts';
import { cancerSurvivalCurves, curvesMost, curvesOf } from './cancer-survival.ts';
import { noteOfParts } from './figure.ts';
import type { RegistryFigure } from './rates-figure.ts';

/** What survival is split by: what the release cannot be split by gives way to none. */
export const survivalBy = (
  basis: RegistryBasis,
  { survival }: Pick<RegistryChoice, 'survival'>,
): RegistryChoice['survival'] => survivalSplitsOf(basis).find((one) => one === survival) ?? 'none';

/** What a figure of survival is made from. */
export interface CancerSurvivalFigureInput {
  /** As `survivalBy` says. */
  readonly by: RegistryChoice['survival'];
  readonly choice: Pick<RegistryChoice, 'measure' | 'followed'>;
  /** Who is watched, in words: sites, sex. */
  readonly whose: string;
  /** One to another question is not drawn; null while nothing has come back. */
  readonly answer: CancerSurvival | null;
}

/** Survival of a cohort by months. */
export const cancerSurvivalFigure = ({
  by,
  choice,
  whose,
  answer: given,
}: CancerSurvivalFigureInput): RegistryFigure => {
  const answer = (given?.asked.by ?? 'none') === by ? given : null;
  const first = splitWords[by];
  const title = `${choice.measure === 'relative' ? 'Relative' : 'Observed'} survival${by === 'none' ? '' : ` by ${first.toLowerCase()}`}`;
  const points = answer?.points ?? [];
  const curves = curvesOf(points);
  const hidden = curves.filter(({ withheld }) => withheld !== null);
  const shown = curves.length - hidden.length;
  const hiddenWords =
    hidden
      .map(({ label }) => label)
      .slice(0, 4)
      .join(', ') + (hidden.length > 4 ? ` and ${formatCount(hidden.length - 4)} more` : '');
  const years = Number(choice.followed);
  return {
    title,
    note: noteOfParts(
      whose,
      shown > 2 ? 'limits in the table' : 'band: 95 % limits',
      withheldWords(hiddenWords, answer?.suppression),
      firstOfWords(curvesMost, shown),
      answer === null ? '' : excludedWords(answer.excluded),
    ),
    drawing: shown === 0 ? null : (width) => cancerSurvivalCurves({ points, label: title, first, years, width }),
    empty:
      hidden.length > 0
        ? 'Every group here has fewer than 16 cases, and survival of so few is withheld; more sites or years would show it.'
        : 'No case of these sites and years can be watched.',
    foot: answer?.provenance.line ?? '',
  };
};
