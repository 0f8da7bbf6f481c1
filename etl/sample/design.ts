import type { Allocation } from './allocate.ts';
import type { FrameDimension, FrameQuestion } from './frame.ts';
import type { SizeInput } from './size.ts';

/** How records are chosen; `judgmental` are chosen by a person, for a reason, and never weighted. */
export type DesignKind = 'srs' | 'systematic' | 'stratified' | 'judgmental';

export const designKinds: readonly DesignKind[] = ['srs', 'systematic', 'stratified', 'judgmental'];

/** Audit types a random sample may be drawn for; focused audits are judgmental. */
export const randomAuditTypes = ['routine_random', 'new_coder', 'external'] as const;

export type AuditType = (typeof randomAuditTypes)[number] | 'focused';

/** Where the size of a sample comes from. */
export type SizeSource =
  | { readonly kind: 'given'; readonly size: number }
  | { readonly kind: 'precision'; readonly input: SizeInput }
  | { readonly kind: 'more'; readonly metric: string; readonly size: number };

/** All that decides what is drawn from a release. */
export interface RandomDesign {
  readonly kind: Exclude<DesignKind, 'judgmental'>;
  readonly frame: FrameQuestion;
  /** Dimensions of the strata; empty unless stratified. */
  readonly by: readonly FrameDimension[];
  readonly allocation: Allocation;
  readonly size: SizeSource;
  /** Whole, 1 to 99,999,999. */
  readonly seed: number;
}

/** What is written on every record of a worksheet. */
export interface AuditTerms {
  readonly auditType: AuditType;
  /** null = to be filled in. */
  readonly auditor: string | null;
  /** `2026-Q3` or `2026-08`. */
  readonly period: string;
  /** Whether the auditor's columns begin as a copy of the coder's. */
  readonly prefilled: boolean;
}
