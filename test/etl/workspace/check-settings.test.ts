import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSettings } from '../../../etl/workspace/check-settings.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';

const own = `
scans:
  - relation: core.encounter
    key: [encounter_id]
    checks:
      - { id: house_rule, says: Our own, violated: los_days > 99, threshold: 3, kahn: completeness, quality: Accuracy }
`;

const workspaceWith = (lines: string) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'sql/check'), { recursive: true });
  writeFileSync(join(folder, 'sql/check/house.yaml'), own);
  writeFileSync(join(folder, 'himsight.yaml'), `sources: []\nsql: [sql]\nchecks:\n${lines}`);
  return readWorkspace(folder);
};

test('checks shipped and of the house are set anew by id', () => {
  const workspace = workspaceWith(
    '  stay_within_a_year: { threshold: 0.5 }\n  house_rule: { severity: fatal }\n  orphan_code: { off: Codes come first }\n',
  );
  const settings = checkSettings(workspace);
  expect(settings.get('stay_within_a_year')).toEqual({ threshold: 0.5, severity: 'convention', off: null });
  expect(settings.get('house_rule')).toEqual({ threshold: 3, severity: 'fatal', off: null });
  expect(settings.get('orphan_code')).toEqual({ threshold: 0, severity: 'convention', off: 'Codes come first' });
});

test.each([
  [
    'an unknown id',
    '  orphan_codes: { threshold: 1 }',
    /himsight.yaml:4 `checks\.orphan_codes`[^]*Did you mean `orphan_code`/,
  ],
  ['a threshold over 100 %', '  orphan_code: { threshold: 101 }', /himsight.yaml:4 `checks\.orphan_code\.threshold`/],
  ['a severity of asserts', '  orphan_code: { severity: warn }', /himsight.yaml:4 `checks\.orphan_code\.severity`/],
  ['off without a reason', '  orphan_code: { off: true }', /himsight.yaml:4 `checks\.orphan_code\.off`/],
  ['an unknown key', '  orphan_code: { treshold: 1 }', /himsight.yaml:4 `checks\.orphan_code\.treshold`/],
])('%s is refused by line and key', (_what, line, sentence) => {
  expect(() => workspaceWith(`${line}\n`)).toThrow(sentence);
});
