/** One stop of the tour: a thing that happened in the demo, and the very view that shows it. */
export interface TourStep {
  /** The story of the demo it tells, by the id that the workspace names. */
  readonly story: string;
  readonly title: string;
  /** What happened and what to look at, in the words of the department. */
  readonly text: string;
  readonly href: string;
}

/** In the order a manager would ask. Each view but the last is one that `test/browser/story.test.ts` reads its story from. */
const steps: readonly TourStep[] = [
  {
    story: 'go-live',
    title: 'Riverside goes live with a new EHR',
    text: 'On 1 June 2026 signatures and dictations begin to take seven times as long, and the delinquency rate, a tenth at most before, climbs past a third.',
    href: '/kpi/delinquency_rate?facility=riverside',
  },
  {
    story: 'late-provider',
    title: 'One provider signs late',
    text: 'In medicine at Lakeview prov-21001 takes five times as long as colleagues to complete a deficiency; the others wait for nobody.',
    href: '/kpi/deficiency_turnaround_p50?by=provider&facility=lakeview&service=medicine',
  },
  {
    story: 'drifting-coder',
    title: 'An experienced coder drifts',
    text: 'coder-04 slips from 96 % of codes right to 90 % over the year from July 2025: too slowly for any one audit to show it.',
    href: '/kpi/code_accuracy_auditor?grain=quarter&coder=coder-04',
  },
  {
    story: 'new-coder',
    title: 'A new coder learns',
    text: 'coder-09 starts in January 2026 at 84 % of codes right and reaches 95 % in six months, audited closely on the way.',
    href: '/kpi/code_accuracy_auditor?period=2026-01..2026-08&coder=coder-09',
  },
  {
    story: 'sepsis-denials',
    title: 'A payer stops believing in sepsis',
    text: 'From March 2026 one insurer denies two sepsis claims in three for clinical validation: the denials of that kind more than double.',
    href: '/kpi/initial_denials?grain=quarter&denial_category=clinical_validation',
  },
  {
    story: 'registry-backlog',
    title: 'The cancer registry falls behind',
    text: 'Cases first seen from January to August 2025 are abstracted late; by autumn the registrars have caught up.',
    href: '/kpi/abstracted_in_6_months?grain=quarter',
  },
  {
    story: 'bad-rows',
    title: 'Bad rows are held back, and counted',
    text: 'A few rows of each extract are spoilt on purpose. None is lost: the quarantine below tells how many wait, under which rule.',
    href: '/runs',
  },
];

/** The stops of a workspace that has these stories; none where it has none. */
export const tourOf = (stories: readonly string[]): readonly TourStep[] =>
  steps.filter(({ story }) => stories.includes(story));

/** How far somebody got: `new` before it was offered or taken up, a step by its place from 0, `done` ended or declined. */
export type Progress = 'new' | 'done' | number;

/** The opposite of writing it as text; what cannot be read is new. */
export const readProgress = (text: string | null): Progress =>
  text === 'done' ? 'done' : /^\d{1,2}$/.test(text ?? '') ? Number(text) : 'new';
