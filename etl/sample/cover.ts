import { designJson, drawnCount, rules, stratumRows, type Drawing } from './drawing.ts';
import { frameName } from './stratum.ts';
import type { CoverLine } from './workbook.ts';

/** The first sheet of a workbook: what was drawn from what, how, and how to fill it in. */
export const coverOf = (drawing: Drawing): readonly CoverLine[] => [
  ['Himsight audit worksheet'],
  ['Release', drawing.release],
  ['Design', designWords[drawing.kind]],
  ['Audit type', drawing.terms.auditType],
  ['Audit period', drawing.terms.period],
  ['Auditor', drawing.terms.auditor ?? 'to be filled in'],
  ['Records to audit', drawnCount(drawing)],
  ...(drawing.design === null ? chosenLines(drawing) : frameLines(drawing)),
  ['How to fill it in'],
  ...instructions(drawing),
];

const designWords: Readonly<Record<Drawing['kind'], string>> = {
  srs: 'Simple random sample',
  systematic: 'Systematic random sample',
  stratified: 'Stratified random sample',
  judgmental: 'Chosen by judgment: focused, never weighted and never pooled with random audits',
};

const chosenLines = ({ frame }: Drawing): readonly CoverLine[] => [['Hash of the list of records', frame.hash]];

const frameLines = (drawing: Drawing): readonly CoverLine[] => {
  const { frame, design } = drawing;
  if (design === null) return [];
  const { from, to, where, notAudited } = design.frame;
  const filters = Object.entries(where).map(
    ([dimension, values]) => `${dimension}=${values.map((value) => value || 'unknown').join(' or ')}`,
  );
  return [
    ['Seed', design.seed],
    ['Rule of the draw', rules[design.kind]],
    ['Frame'],
    ['Records in the frame, N', frame.records.length],
    ['Final coded from, inclusive', from ?? 'the first'],
    ['Final coded to, exclusive', to ?? 'the last'],
    ['Only', filters.join('; ') || 'no filter'],
    ['Audited before', notAudited ? 'left out' : 'in the frame'],
    ['Left out, no coder named', frame.withoutCoder],
    ['Frame hash', frame.hash],
    ['Frame hash is', 'sha256 of the encounter_ids in bytewise order, a line feed between each two'],
    ['Name of the frame', frameName(frame)],
    ...sizeLines(drawing),
    ['Strata: records in the frame N_h, drawn n_h, weight N_h/n_h'],
    ...stratumRows(drawing).map(({ stratum, N_h, n_h, weight }): CoverLine => [
      String(stratum),
      `N_h ${N_h}, n_h ${n_h}, weight ${Number(Number(weight).toFixed(6))}`,
    ]),
  ];
};

const sizeLines = (drawing: Drawing): readonly CoverLine[] => {
  const size = drawing.design?.size;
  if (size?.kind === 'precision') {
    const { precision, confidence, occurrence, oversample } = size.input;
    const { rat_stats: ratStats } = designJson(drawing).size as { rat_stats: Readonly<Record<string, number>> };
    return [
      [
        'Size from',
        `precision ± ${precision}, confidence ${confidence}, occurrence ${occurrence}, oversample ${oversample}`,
      ],
      [
        'The same for RAT-STATS',
        Object.entries(ratStats)
          .map(([name, value]) => `${name} ${value}`)
          .join(', '),
      ],
    ];
  }
  if (size?.kind === 'more') return [['Size from', `audits that would decide ${size.metric}, going on as seen`]];
  return [['Size from', 'given']];
};

const instructions = ({ terms, design }: Drawing): readonly CoverLine[] => [
  [
    '1',
    design === null || design.kind === 'systematic'
      ? 'Sheet Records has one line per record.'
      : 'Sheet Records has one line per record, in random order within its stratum. Work down: stopping early leaves a random sample still.',
  ],
  [
    '2',
    terms.prefilled
      ? 'Sheet Codes has the coder’s codes, copied into the auditor’s columns. Mend auditor_code, auditor_poa and auditor_seq where you disagree; empty auditor_code where the code is not supported.'
      : 'Sheet Codes has the coder’s codes. Write the right code, POA and sequence of each into auditor_code, auditor_poa and auditor_seq. Of a final audit an empty auditor_code says that the code is not supported.',
  ],
  [
    '3',
    'For a code the coder left out add a line at the end of Codes: audit_id, the next line of that audit, code_set, role and the auditor’s columns; coder columns empty.',
  ],
  [
    '4',
    'When a record is done: audit_opened_ts, audit_closed_ts and status final in Records; drg_revised and weight_revised of inpatients. Status open counts nowhere, so records not reached stay as they are.',
  ],
  [
    '5',
    'Change nothing in audit_id, encounter_id, sample_method, stratum, stratum_N, frame_N and seed: the weights are made from them. Insert no columns and merge no cells.',
  ],
  [
    '6',
    'Read it back as two sources of himsight.yaml: contract audit_review with sheet Records, and contract audit_code with sheet Codes; or fill in the two CSV files instead.',
  ],
];
