import type { AuditTerms, DesignKind, RandomDesign } from './design.ts';
import type { Frame } from './frame.ts';
import { drawSample, type DrawnStratum } from './sample.ts';
import { frameName } from './stratum.ts';
import { ratStatsInput } from './size.ts';
import type { WorksheetRequest } from './worksheet.ts';

/** What was drawn or chosen, with all that is needed to do it again. */
export interface Drawing {
  readonly kind: DesignKind;
  readonly release: string;
  readonly frame: Frame;
  /** null of records chosen by judgment. */
  readonly design: RandomDesign | null;
  readonly strata: readonly DrawnStratum[];
  readonly terms: AuditTerms;
}

/** A random sample from a frame, as `drawSample`. @throws UserError as that does */
export const drawing = (release: string, frame: Frame, design: RandomDesign, terms: AuditTerms): Drawing => ({
  kind: design.kind,
  release,
  frame,
  design,
  strata: drawSample(frame, design),
  terms,
});

/** Records chosen by judgment: they are their own frame and stand for no others. */
export const chosen = (release: string, frame: Frame, terms: AuditTerms): Drawing => ({
  kind: 'judgmental',
  release,
  frame,
  design: null,
  strata: [],
  terms,
});

/** Records on the worksheet. */
export const drawnCount = ({ design, frame, strata }: Drawing): number =>
  design === null ? frame.records.length : strata.reduce((sum, { drawn }) => sum + drawn.length, 0);

/** What the worksheet is to hold. */
export const worksheetRequest = ({ kind, design, frame, strata, terms }: Drawing): WorksheetRequest => ({
  kind,
  terms,
  frame: { hash: frame.hash, size: design === null ? null : frame.records.length },
  seed: design?.seed ?? null,
  records:
    design === null
      ? frame.records.map((record) => ({ record, stratum: null }))
      : strata.flatMap(({ drawn, name, records }) =>
          drawn.map((record) => ({ record, stratum: { name, size: records.length } })),
        ),
});

/** One row per stratum: what a person checks before the auditing begins. */
export const stratumRows = ({ strata }: Drawing): readonly Readonly<Record<string, string | number>>[] =>
  strata.map(({ label, name, records, drawn, weight }) => ({
    stratum: label,
    stratum_name: name,
    N_h: records.length,
    n_h: drawn.length,
    weight,
  }));

/** The design as `design.json` and `--format json` tell it. */
export const designJson = (drawing: Drawing): Readonly<Record<string, unknown>> => {
  const { kind, release, frame, design, terms } = drawing;
  const common = { release, design: kind, n: drawnCount(drawing), audit: auditJson(terms) };
  if (design === null) return { ...common, records_hash: frame.hash };
  const N = frame.records.length;
  const { size } = design;
  return {
    ...common,
    seed: design.seed,
    rule: rules[design.kind],
    frame: {
      from: design.frame.from,
      to: design.frame.to,
      where: design.frame.where,
      not_audited: design.frame.notAudited,
      N,
      hash: frame.hash,
      hash_of: 'sha256 of the encounter_ids in bytewise order, a line feed between each two',
      name: frameName(frame),
      left_out_without_coder: frame.withoutCoder,
    },
    by: design.by,
    allocation: design.allocation,
    size: size.kind === 'precision' ? { ...size, rat_stats: ratStatsInput(size.input, N) } : size,
    strata: stratumRows(drawing),
  };
};

const auditJson = ({ auditType, auditor, period, prefilled }: AuditTerms): Readonly<Record<string, unknown>> => ({
  type: auditType,
  auditor,
  period,
  prefilled,
});

/** How each design draws, in words that let anybody draw it again. */
export const rules: Readonly<Record<RandomDesign['kind'], string>> = {
  srs: 'Records in the order of sha256(seed:encounter_id), hex; the first n',
  stratified: 'Within each stratum, records in the order of sha256(seed:encounter_id), hex; the first n_h',
  systematic:
    'Records in the order of final coding date, then encounter_id bytewise; positions floor((i + u)·N/n) from 0 for i = 0 … n − 1, u the first 48 bits of sha256(seed:start) over 2^48',
};
