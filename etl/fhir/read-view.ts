import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import { shapeOf } from '../../warehouse/json-schema.ts';
import { checkedYaml, placeOf, type YamlText } from '../workspace/checked-yaml.ts';
import { viewProblems } from './view-problem.ts';
import type { ViewDefinition } from './view.ts';

const schema = JSON.parse(readFileSync(new URL('view.schema.json', import.meta.url), 'utf8')) as object;
const viewFile = shapeOf<ViewDefinition>(schema);

/**
 * The ready-made view of that name, or the one in a .json file.
 *
 * @param folder that a path to a .json is relative to; null where there can be none
 * @throws UserError naming file, line, key and what would be right
 */
export const readView = (nameOrFile: string, folder: string | null): ViewDefinition => {
  const isFile = nameOrFile.endsWith('.json') && folder !== null;
  const ready = new URL('view/', import.meta.url);
  const yaml: YamlText = {
    name: isFile ? nameOrFile : `etl/fhir/view/${nameOrFile}.json`,
    text: textOf(isFile ? resolve(folder, nameOrFile) : new URL(`${nameOrFile}.json`, ready), nameOrFile),
  };
  const view = checkedYaml(yaml, viewFile);
  const problems = viewProblems(view).map(({ key, says }) => `${placeOf(yaml, key)}: ${says}`);
  if (problems.length > 0) throw new UserError(problems.join('\n'));
  return view;
};

const textOf = (file: string | URL, name: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const ready = readdirSync(new URL('view/', import.meta.url)).map((one) => `\`${one.replace('.json', '')}\``);
    throw new UserError(`There is no view \`${name}\`.`, {
      mend: `Name a .json file of your own or one of ${ready.join(', ')}.`,
      cause,
    });
  }
};
