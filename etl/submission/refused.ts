import { UserError } from '../../warehouse/error.ts';
import { leftOutReasons } from './case-rows.ts';
import type { EditReport } from './manifest.ts';

/** A package that was not made, since what it would hold cannot be sent. Exit code 3. No value of a row is in it. */
export class SubmissionRefused extends UserError {
  readonly report: EditReport | null;

  constructor(says: string, leftOut: Readonly<Record<string, number>>, report: EditReport | null = null) {
    const why = [
      ...Object.entries(leftOut).map(
        ([reason, rows]) => `  ${counted(rows)} ${leftOutReasons[reason as keyof typeof leftOutReasons]}`,
      ),
      ...(report?.flaws ?? []).map(
        ({ rule, item, count, says: flaw }) =>
          `  ${rule}${item === null ? '' : ` ${item}`}: ${counted(count)}. ${flaw}`,
      ),
      ...(report?.checks ?? [])
        .filter(({ level, violated }) => level === 'error' && violated > 0)
        .map(({ id, violated, says: promise }) => `  ${id}: ${counted(violated)} break it. ${promise}`),
    ];
    super([says, ...why].join('\n'), {
      exitCode: 3,
      mend:
        report === null
          ? 'Look at --from, --to and the profile’s `cases`.'
          : 'Mend the abstracts where they are kept and run again; `--format json` names the first of each kind.',
    });
    this.name = 'SubmissionRefused';
    this.report = report;
  }
}

const counted = (n: number): string => n.toLocaleString('en-US');
