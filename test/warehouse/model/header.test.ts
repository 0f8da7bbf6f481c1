import { expect, test } from 'vitest';
import { namesIn, readHeader } from '../../../warehouse/model/header.ts';

test('the summary is the first sentence, parts are labelled, indented lines continue them', () => {
  const header = readHeader(`-- One row per audited code,
-- with the verdict.
--
-- Key       audit_id, line
-- Verdict   match    the auditor kept it
--           omitted  the coder left it out
-- Excludes  drafts
select 1 -- Key not_this
`);
  expect(header).toEqual({
    summary: 'One row per audited code, with the verdict.',
    fields: {
      key: 'audit_id, line',
      verdict: 'match    the auditor kept it\nomitted  the coder left it out',
      excludes: 'drafts',
    },
  });
  expect(namesIn(header.fields.key)).toEqual(['audit_id', 'line']);
});

test('a known label needs one space, another one two, so that prose stays prose', () => {
  expect(readHeader('-- One row per day.\n-- Key day\n-- Days without a loan are left out.').fields).toEqual({
    key: 'day',
  });
});

test('prose beneath the summary belongs to no part', () => {
  const text = '-- One row per day.\n--\n-- Written for the desk.\n-- Ties  the later one\n';
  expect(readHeader(text)).toEqual({ summary: 'One row per day.', fields: { ties: 'the later one' } });
});

test('without a comment on top there is no header; Windows line ends and # comments are read too', () => {
  expect(readHeader('select 1 -- One row per x')).toEqual({ summary: '', fields: {} });
  expect(readHeader('# One row per branch\r\n# Version  2026\r\nbranch\r\n', '#')).toEqual({
    summary: 'One row per branch',
    fields: { version: '2026' },
  });
});
