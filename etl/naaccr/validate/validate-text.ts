import { XmlFault } from '../xml/fault.ts';
import type { FileSummary } from './finding.ts';
import { NaaccrValidator, type ValidatorOptions } from './validator.ts';

/**
 * Validates a file as its text arrives.
 *
 * @param between awaited between pieces, so that findings may leave before more are made
 * @throws what the source throws, but for an XmlFault, which is a finding
 */
export const validateText = async (
  source: AsyncIterable<string>,
  options: ValidatorOptions,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<FileSummary> => {
  const validator = new NaaccrValidator(options);
  try {
    for await (const text of source) {
      validator.write(text);
      await between();
    }
    validator.close();
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    validator.fault(error);
  }
  await between();
  return validator.summary();
};
