import { UserError } from '../../warehouse/error.ts';
import { nearest } from '../../warehouse/metric/nearest.ts';
import { wherePairs } from '../../dashboard/server/view-request.ts';
import {
  designKinds,
  randomAuditTypes,
  type AuditTerms,
  type RandomDesign,
  type SizeSource,
} from '../sample/design.ts';
import { frameDimensions, type Frame, type FrameDimension, type FrameQuestion } from '../sample/frame.ts';
import { periodOf } from '../sample/period.ts';
import { tricare } from '../sample/size.ts';
import { numberOption } from './number-option.ts';
import { shareOption } from './share-option.ts';

/** The options of `himsight sample`, as commander hands them over. */
export interface SampleOptions {
  readonly out?: string;
  readonly design?: string;
  readonly by?: string;
  readonly where?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly notAudited?: boolean;
  readonly allocation?: string;
  readonly size?: string;
  readonly precision?: string;
  readonly confidence?: string;
  readonly occurrence?: string;
  readonly oversample?: string;
  readonly more?: string;
  readonly seed?: string;
  readonly auditor?: string;
  readonly auditType?: string;
  readonly period?: string;
  readonly prefill?: boolean;
  readonly records?: string;
}

interface AskedTerms {
  readonly out: string;
  readonly auditor: string | null;
  readonly auditType: AuditTerms['auditType'];
  /** null = read off the frame. */
  readonly period: string | null;
  readonly prefilled: boolean;
}

/** A random sample as it was asked for; without a seed one is drawn. */
export interface AskedRandom extends AskedTerms, Omit<RandomDesign, 'seed'> {
  readonly seed: number | null;
}

/** A worksheet of records that a person chose. */
export interface AskedJudgmental extends AskedTerms {
  readonly kind: 'judgmental';
  readonly records: string;
}

/**
 * What the options ask for, checked as far as that needs no release.
 *
 * @throws UserError naming the option and what it may hold
 */
export const readSampleOptions = (options: SampleOptions): AskedRandom | AskedJudgmental => {
  const kind = oneOf('design', options.design ?? 'srs', designKinds);
  if (options.out === undefined) throw new UserError('`--out`: name the folder that the worksheet goes to.');
  const terms = {
    out: options.out,
    auditor: options.auditor ?? null,
    period: periodOption(options.period),
    prefilled: options.prefill === true,
  };
  if (kind === 'judgmental') return judgmental(options, terms);
  if (options.records !== undefined)
    throw new UserError('`--records` names records chosen by judgment, which no random design draws.', {
      mend: 'Say `--design judgmental` as well; random and focused audits are never pooled.',
    });
  if (options.auditType === 'focused')
    throw new UserError('`--audit-type focused`: a focused audit is of records chosen by judgment.', {
      mend: 'Use `--design judgmental --records FILE`; random and focused audits are never pooled.',
    });
  return {
    ...terms,
    auditType: oneOf('audit-type', options.auditType ?? 'routine_random', randomAuditTypes),
    kind,
    by: byOption(kind, options.by),
    frame: frameOption(options),
    allocation: oneOf('allocation', options.allocation ?? 'proportional', ['proportional', 'equal'] as const),
    size: sizeOption(options),
    seed: seedOption(options.seed),
  };
};

/** What is written on every record. */
export const termsOf = (asked: AskedRandom | AskedJudgmental, frame: Pick<Frame, 'records'>): AuditTerms => ({
  auditType: asked.auditType,
  auditor: asked.auditor,
  period: asked.period ?? periodOf(frame.records, asked.kind === 'judgmental' ? null : asked.frame),
  prefilled: asked.prefilled,
});

const judgmental = (options: SampleOptions, terms: Omit<AskedTerms, 'auditType'>): AskedJudgmental => {
  const {
    records,
    out: _out,
    auditor: _auditor,
    period: _period,
    prefill: _prefill,
    design: _design,
    ...others
  } = options;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new UserError(
      `\`--${other.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}\` belongs to random samples: records chosen by judgment are taken as they are and never weighted.`,
    );
  if (records === undefined)
    throw new UserError('`--design judgmental` needs `--records FILE`, with one encounter_id a line.');
  return { ...terms, kind: 'judgmental', auditType: 'focused', records };
};

const oneOf = <T extends string>(name: string, text: string, known: readonly T[]): T => {
  const found = known.find((one) => one === text);
  if (found === undefined)
    throw new UserError(`\`--${name} ${text}\` is none there is.`, { mend: nearest(text, known) });
  return found;
};

const byOption = (kind: RandomDesign['kind'], text: string | undefined): readonly FrameDimension[] => {
  const names = text?.split(',').map((name) => name.trim()) ?? [];
  if (kind === 'stratified' && names.length === 0)
    throw new UserError('`--design stratified` needs strata: say by what with `--by`, such as `--by coder`.');
  if (kind !== 'stratified' && names.length > 0)
    throw new UserError(`\`--by\` makes strata, and the design is ${kind}.`, { mend: 'Say `--design stratified`.' });
  return [...new Set(names.map((name) => dimensionNamed('by', name)))];
};

const dimensionNamed = (option: string, name: string): FrameDimension => {
  if (Object.hasOwn(frameDimensions, name)) return name as FrameDimension;
  throw new UserError(`\`--${option} ${name}\`: a frame has no such dimension.`, {
    mend: nearest(name, Object.keys(frameDimensions)),
  });
};

const frameOption = (options: SampleOptions): FrameQuestion => {
  const where = wherePairs(options.where ?? []);
  for (const name of Object.keys(where)) dimensionNamed('where', name);
  const [from, to] = [dayOption('from', options.from), dayOption('to', options.to)];
  if (from !== null && to !== null && from >= to)
    throw new UserError(`\`--from ${from}\` is not before \`--to ${to}\`, which is the day after the last.`);
  return { from, to, where, notAudited: options.notAudited === true };
};

const dayOption = (name: string, text: string | undefined): string | null => {
  if (text === undefined) return null;
  const moment = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // 31 June is no day: it becomes another one.
  if (!Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text)) return text;
  throw new UserError(`\`--${name} ${text}\`: must be a day of the calendar, such as 2026-01-31.`);
};

const sizeOption = (options: SampleOptions): SizeSource => {
  const computed = (['precision', 'confidence', 'occurrence', 'oversample'] as const).filter(
    (name) => options[name] !== undefined,
  );
  const sources = [
    ...(options.size === undefined ? [] : ['size']),
    ...(options.more === undefined ? [] : ['more']),
    ...(computed.length === 0 ? [] : [computed[0]!]),
  ];
  if (sources.length > 1)
    throw new UserError(`\`--${sources[0]}\` and \`--${sources[1]}\` both say how large the sample is.`, {
      mend: 'Keep one of them.',
    });
  if (options.size !== undefined)
    return { kind: 'given', size: numberOption('size', options.size, 1, { least: 1, whole: true }) };
  if (options.more !== undefined) return { kind: 'more', metric: options.more, size: 0 };
  return {
    kind: 'precision',
    input: {
      precision: shareOption('precision', options.precision, tricare.precision),
      confidence: shareOption('confidence', options.confidence, tricare.confidence),
      occurrence: shareOption('occurrence', options.occurrence, tricare.occurrence),
      oversample: shareOption('oversample', options.oversample, tricare.oversample, true),
    },
  };
};

const seedOption = (text: string | undefined): number | null => {
  if (text === undefined) return null;
  if (/^0+$/.test(text.trim()))
    throw new UserError('`--seed 0`: a seed of 0 is how many programs say that there is none.', {
      mend: 'Name another whole number, or leave it out and one is drawn.',
    });
  // Nine digits on end could be a person's number, and would be refused when the worksheet is read back.
  return numberOption('seed', text, 1, { least: 1, most: 99_999_999, whole: true });
};

const periodOption = (text: string | undefined): string | null => {
  if (text === undefined || /^[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2]))$/.test(text)) return text ?? null;
  throw new UserError(`\`--period ${text}\`: must be a quarter or a month, such as 2026-Q3 or 2026-08.`);
};
