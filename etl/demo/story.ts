/** A thing that happened in the demo hospital, told so that a newcomer can find it in the dashboard. */
export interface DemoStory {
  readonly id: string;
  readonly title: string;
  /** What happened, in one or two sentences. */
  readonly tells: string;
  /** Page of the dashboard, filter and what to look at. */
  readonly where: string;
}

/** The stories, each told unless `without` names it. Dates are fixed: the demo's calendar ends on 1 September 2026. */
export const stories = [
  {
    id: 'go-live',
    title: 'Riverside goes live with a new EHR',
    tells:
      'On 1 June 2026 Riverside changes its record system. Signatures and dictations take seven times as long, charts wait for analysis and coding, delinquent records pile up and bills wait.',
    where:
      'Record completion, facility Riverside, by month: the delinquency rate climbs from about a tenth to between 30 and 60 % in July and August 2026. Unbilled, DNFB days by facility: Riverside from 6 to 12 or 13 in August 2026. Compare Lakeview, where nothing happened.',
  },
  {
    id: 'drifting-coder',
    title: 'An experienced coder drifts',
    tells: 'coder-04 slips from 96 % of codes right to 90 % over the year from July 2025.',
    where:
      'Coding accuracy, coder coder-04, by quarter: flat until mid-2025, then down; the other coders stay where they are.',
  },
  {
    id: 'new-coder',
    title: 'A new coder learns',
    tells:
      'coder-09 starts on 5 January 2026 at 84 % of codes right and reaches 95 % in six months, audited closely on the way.',
    where: 'Coding accuracy, coder coder-09, by month from January 2026: the learning curve.',
  },
  {
    id: 'code-set-change',
    title: 'New codes on 1 October',
    tells:
      'For some weeks after each 1 October coders are slower, and less often right, until the new codes are learnt.',
    where:
      'Coding accuracy, all coders, by month: a dip in October and November. Record completion, discharge to coded: slower in October.',
  },
  {
    id: 'registry-backlog',
    title: 'The registry falls behind',
    tells: 'Cases first seen from January to August 2025 are abstracted late; afterwards the registrars catch up.',
    where:
      'Registry, abstracted in 6 months, by month of first contact: 90 to 95 % before and after, about 70 % for January to August 2025.',
  },
  {
    id: 'weekday',
    title: 'Nobody goes home on Sunday',
    tells: 'Inpatients are discharged on Fridays (1.15 times the mean day) rather than on Sundays (0.65).',
    where: 'Encounters, patient class inpatient, by day of the week: Friday above the mean day, Sunday far below it.',
  },
  {
    id: 'late-provider',
    title: 'One provider signs late',
    tells:
      'prov-21001, a physician of medicine at Lakeview, takes five times as long as colleagues to complete a deficiency.',
    where:
      'Record completion, facility Lakeview, service medicine, deficiency turnaround by provider: prov-21001 stands apart.',
  },
  {
    id: 'sepsis-denials',
    title: 'A payer stops believing in sepsis',
    tells:
      'From 1 March 2026 an insurer with commercial and Medicare Advantage plans denies two sepsis claims in three (MS-DRG 871, 872, 853, 854), doubting the diagnosis.',
    where:
      'Denials, initial denials by category and month: clinical validation more than doubles from April 2026; the other categories stay where they are.',
  },
] as const satisfies readonly DemoStory[];

/** Id of a story, as `without` takes it. */
export type Story = (typeof stories)[number]['id'];
