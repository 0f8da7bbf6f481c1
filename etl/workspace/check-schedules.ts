import { UserError } from '../../warehouse/error.ts';
import { timetable } from '../../warehouse/timetable.ts';
import { placeOf, type YamlText } from './checked-yaml.ts';
import type { SourceConfig } from './config.ts';

/**
 * Makes sure that every schedule names times that come: its five fields are in range, and 31 February is none.
 *
 * @throws UserError naming line and key of every one that is wrong
 */
export const checkSchedules = (sources: readonly SourceConfig[], file: YamlText): void => {
  const faults = sources.flatMap(({ schedule }, index) => {
    if (schedule === undefined) return [];
    try {
      timetable(schedule, 'UTC');
      return [];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return [`${placeOf(file, ['sources', index, 'schedule'])}: ${error.message}. ${error.mend ?? ''}`];
    }
  });
  if (faults.length > 0) throw new UserError(faults.join('\n'));
};
