import { basename, join } from 'node:path';
import { UserError } from '../error.ts';
import { readCheckedYaml } from '../metric/checked-yaml.ts';
import { identifier } from '../quote.ts';
import { yamlFiles } from '../yaml-files.ts';
import type { YamlPath } from '../yaml-place.ts';
import type { Check } from './check.ts';
import editSchema from './edit.schema.json' with { type: 'json' };

/** As written in the file. */
interface WrittenEdit {
  readonly says: string;
  readonly means: string;
  readonly source: string;
  readonly of: string;
  readonly items: readonly string[];
  readonly level: 'error' | 'warning';
  readonly override?: string;
  readonly applies?: string;
  readonly violated: string;
  readonly number?: number;
  readonly threshold?: number;
  readonly kahn?: string;
}

/** One file of the folder `edit`, as a check, and the scan it belongs to. */
export interface Edit {
  readonly check: Check;
  /** `of` of the scan whose rows it is put to. */
  readonly of: string;
  /** Places of its keys, for messages. */
  readonly at: (path: YamlPath) => string;
}

/**
 * Reads `edit/*.yaml` of several `sql` folders, one edit a file and named for it: `site_fits_sex.yaml` is `site_fits_sex`.
 *
 * An error puts numbers in doubt, as a check of severity `convention` does; a warning is a `characterisation`.
 *
 * @throws UserError naming file, line, key and the mend
 */
export const readEdits = (folders: readonly string[]): readonly Edit[] =>
  yamlFiles(folders.map((folder) => join(folder, 'edit'))).map((file) => {
    const { value, at } = readCheckedYaml<WrittenEdit>(file, editSchema);
    const id = basename(file, '.yaml');
    if (!/^[a-z][a-z0-9_]*$/.test(id))
      throw new UserError(`${at([])}: an edit is named for its file, in lower case letters, digits and underscores.`, {
        mend: 'Rename the file, such as site_fits_sex.yaml.',
      });
    return { check: asCheck(value, id, at(['says'])), of: value.of, at };
  });

const asCheck = (edit: WrittenEdit, id: string, where: string): Check => ({
  ...{ id, kind: 'edit', number: edit.number ?? null, says: edit.says.trim(), where, off: null, gate: [] },
  ...{ applies: edit.applies?.trim() ?? 'true', violated: unlessOverridden(edit), threshold: edit.threshold ?? 0 },
  severity: edit.level === 'error' ? 'convention' : 'characterisation',
  ...{ kahn: edit.kahn ?? 'conformance.relational', context: 'verification', quality: 'Consistency' },
  ...{ origin: edit.source.trim(), note: edit.means.trim() },
  columns: edit.items,
  items: [...edit.items, ...(edit.override === undefined ? [] : [edit.override])],
});

const unlessOverridden = ({ violated, override }: WrittenEdit): string =>
  override === undefined ? violated.trim() : `(\n${violated.trim()}\n) and ${identifier(override)} is null`;
