import type { FileFinding, Validation } from './validate-files.ts';

/** Writes what a validation finds as one JSON document, while it is found: nothing is kept. */
export interface JsonWriter {
  readonly findings: (findings: readonly FileFinding[]) => Promise<void>;
  readonly end: (validation: Validation) => Promise<void>;
}

/**
 * `{errors: [{file, rule, kind, line, patient, tumor, item, says}], dictionaries: […], files: [{file, specification, …}]}`,
 * one finding a line, files last since only the end of a file tells what it came to.
 */
export const jsonWriter = (write: (text: string) => Promise<void>): JsonWriter => {
  let isFirst = true;
  return {
    findings: async (findings) => {
      if (findings.length === 0) return;
      const lines = findings.map((finding) => JSON.stringify(finding)).join(',\n');
      await write(`${isFirst ? '{"errors":[\n' : ',\n'}${lines}`);
      isFirst = false;
    },
    end: async ({ files, dictionaries }) => {
      const rest = JSON.stringify({ dictionaries, files }).slice(1);
      await write(`${isFirst ? '{"errors":[' : '\n'}],\n${rest}\n`);
    },
  };
};
