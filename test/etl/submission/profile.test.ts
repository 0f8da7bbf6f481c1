import { expect, test } from 'vitest';
import { profileNames, readProfile } from '../../../etl/submission/profile.ts';

const workspace = (profiles: Readonly<Record<string, unknown>> = {}) => ({
  config: { sources: [], registry: { profiles } },
});

test('the ready-made profiles are there and are profiles', () => {
  expect(profileNames(workspace())).toEqual(['incidence', 'seer-prep', 'trauma']);
  for (const name of profileNames(workspace())) expect(readProfile(workspace(), name).id).toBe(name);
});

test('a profile of one’s own is like another one but for the keys it gives', () => {
  const own = { state: { like: 'incidence', dictionary: '250', cases: { state: ['FL'] } } };
  expect(readProfile(workspace(own), 'state')).toMatchObject({
    id: 'state',
    format: 'naaccr-xml',
    dictionary: '250',
    recordType: 'I',
    cases: { state: ['FL'] },
  });
});

test('a profile may take the place of the ready-made one of its name and begin from it', () => {
  expect(readProfile(workspace({ incidence: { like: 'incidence', file: 'own.xml' } }), 'incidence')).toMatchObject({
    format: 'naaccr-xml',
    file: 'own.xml',
  });
});

test('a version is what the profile says: not how it is called, whom it is like or how its keys are ordered', () => {
  const version = (profile: unknown, more = {}) => readProfile(workspace({ own: profile, ...more }), 'own').version;
  const shipped = readProfile(workspace(), 'incidence').version;
  expect(shipped).toMatch(/^[0-9a-f]{12}$/);
  expect(version({ like: 'incidence' })).toBe(shipped);
  expect(version({ like: 'other' }, { other: { like: 'incidence' } })).toBe(shipped);
  const one = { like: 'incidence', dictionary: '250', file: 'own.xml' };
  expect(version(one)).toBe(version({ file: 'own.xml', dictionary: '250', like: 'incidence' }));
  expect(version(one)).not.toBe(version({ ...one, cases: { state: ['FL'] } }));
});

test.each<readonly [string, Readonly<Record<string, unknown>>, string, RegExp]>([
  ['a name nobody knows', {}, 'incidense', /no profile `incidense`; did you mean `incidence`\?/],
  [
    'a key nobody knows',
    { a: { like: 'incidence', itmes: [] } },
    'a',
    /registry\.profiles\.a.*`itmes`.*did you mean `items`/s,
  ],
  [
    'a value of another kind',
    { a: { like: 'incidence', record_type: 'X' } },
    'a',
    /`record_type`.*not one of `A`, `M`, `C`, `I`/s,
  ],
  ['likeness to nothing', { a: { like: 'b' } }, 'a', /`like` names no profile/],
  ['likeness in a circle', { a: { like: 'b' }, b: { like: 'a' } }, 'a', /leads back to itself/],
  [
    'NAACCR without a dictionary',
    { a: { describes: 'x', format: 'naaccr-xml', file: 'a.xml' } },
    'a',
    /`dictionary` is missing/,
  ],
  ['CSV without columns', { a: { like: 'trauma', format: 'csv', columns: {} } }, 'a', /columns/],
  [
    'a file name that leads elsewhere',
    { a: { like: 'incidence', file: '../a.xml' } },
    'a',
    /`file`.*not of the right form/s,
  ],
])('%s is refused with the key and the mend', (_what, profiles, name, says) => {
  expect(() => readProfile(workspace(profiles), name)).toThrow(says);
});
