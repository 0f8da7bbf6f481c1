import { expect, test } from 'vitest';
import { parseConfig } from '../../../etl/workspace/config.ts';

const refusal = (text: string): string => {
  try {
    parseConfig(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the text was accepted');
};
const source = (keys: string): string => `sources:\n  - id: a\n    path: a.csv\n    ${keys}\n`;
const notify = (keys: string): string => `sources: []\nnotify:\n${keys.replace(/^/gm, '  ')}\n`;

test.each([
  [
    'a minute of 60',
    "schedule: '60 5 * * *'",
    /^himsight\.yaml:4 `sources\[0\]\.schedule`: .*minute: 60.*'15 5 \* \* \*'/,
  ],
  ['31 February', "schedule: '0 5 31 2 *'", /:4 `sources\[0\]\.schedule`: .*no day that ever comes/],
  ['freshness without days', 'freshness: {}', /:4 `sources\[0\]\.freshness`: `days` is missing/],
  ['half a day', 'freshness: { days: 1.5 }', /:4 `sources\[0\]\.freshness\.days`: must be a whole number/],
  ['a hundred tries', 'retry: { times: 100 }', /:4 `sources\[0\]\.retry\.times`: .*0 to 10/],
  ['a word nobody knows', 'retry: { time: 3 }', /:4 `sources\[0\]\.retry\.time`: unknown key; did you mean `times`\?/],
])('%s is refused by line and key', (_what, keys, sentence) => expect(refusal(source(keys))).toMatch(sentence));

const smtp = 'host: mail.example, from: a@b.example, to: [c@d.example]';

test.each([
  ['nobody to tell', 'on: [held]', /^himsight\.yaml:2 `notify`: nobody would hear/],
  [
    'a kind that is none',
    'on: [helt]\nsmtp: { host: x }',
    /:3 `notify\.on\[0\]`: `helt` is not one of .*did you mean `held`/,
  ],
  ['a webhook without address', 'webhook: { timeout_seconds: 3 }', /:3 `notify\.webhook`: give its address once/],
  ['a file as address', 'webhook: { url: "file:///etc" }', /`notify\.webhook\.url`: must be .*http/],
  ['a timeout of none', 'webhook: { url: "http://h", timeout_seconds: 0 }', /timeout_seconds`: .*up to 120/],
  [
    'a password in the yaml',
    `smtp: { ${smtp}, password: x }`,
    /`notify\.smtp\.password`: unknown key; .*`password_env`/,
  ],
  ['a user without password', `smtp: { ${smtp}, user: u }`, /`notify\.smtp\.user`: needs its password from one place/],
  [
    'two passwords',
    `smtp: { ${smtp}, user: u, password_env: P, password_file: p }`,
    /needs its password from one place/,
  ],
  ['a password without user', `smtp: { ${smtp}, password_env: P }`, /`user` is missing/],
  [
    'a password in clear',
    `smtp: { ${smtp}, user: u, password_env: P, security: none }`,
    /`notify\.smtp\.security`: would send/,
  ],
  ['no recipient', 'smtp: { host: h, from: a@b.example, to: [] }', /`notify\.smtp\.to`/],
  ['a name as address', 'smtp: { host: h, from: Him, to: [a@b.example] }', /`notify\.smtp\.from`: .*mail address/],
])('%s is refused by line and key', (_what, keys, sentence) => expect(refusal(notify(keys))).toMatch(sentence));

test('an address with a password is refused without showing it', () => {
  const message = refusal(notify('webhook: { url: "https://me:secret@hooks.example/x" }'));
  expect(message).toMatch(/`notify\.webhook\.url`: holds a password/);
  expect(message).not.toContain('secret');
});

test('what is right is taken', () => {
  expect(
    parseConfig(
      `${source("schedule: '15 5 * * 1-5'\n    freshness: { days: 2 }\n    retry: { times: 0, minutes: 60 }")}notify:
  on: [failure, held, late, check, recovery]
  remind_days: 3
  webhook: { url_env: HOOK, headers_env: { Authorization: TOKEN }, timeout_seconds: 0.5 }
  smtp: { host: localhost, port: 2525, security: none, user: u, password_env: P, from: a@b.example, to: [c@d.example] }
`,
    ).notify?.remind_days,
  ).toBe(3);
});
