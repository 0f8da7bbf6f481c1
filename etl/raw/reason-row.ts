import { UserError } from '../../warehouse/error.ts';
import type { ReasonConfig } from '../workspace/config.ts';

/** One row of raw.reason_map. */
export interface ReasonRow {
  readonly kind: string;
  readonly code: string;
  readonly category?: string;
  readonly owner?: string;
}

/**
 * The rows of raw.reason_map.
 *
 * @throws UserError where one code stands twice: CO-50, co50 and 50 are one adjustment reason
 */
export const reasonRows = (reasons: readonly ReasonConfig[]): readonly ReasonRow[] => {
  const seen = new Set<string>();
  for (const { kind, code } of reasons) {
    const thing = `${kind} ${plain(kind, String(code))}`;
    if (seen.has(thing)) {
      throw new UserError(`himsight.yaml \`metric_settings.reason_map\`: ${kind} \`${code}\` stands there twice.`, {
        mend: 'A code means one thing: keep one of the entries (CO-50, CO50 and 50 are one code).',
      });
    }
    seen.add(thing);
  }
  return reasons.map((reason) => ({ ...reason, code: String(reason.code) }));
};

/** The code as models compare it. */
const plain = (kind: ReasonConfig['kind'], code: string): string => {
  const written = code.trim();
  if (kind === 'hold') return written;
  return kind === 'carc' ? written.toUpperCase().replace(/^(CO|CR|OA|PI|PR)-?/, '') : written.toUpperCase();
};
