import { expect, test } from 'vitest';
import { completeDay } from '../../../dashboard/data/period.ts';
import { readRelease, type ToldRelease } from '../../../dashboard/data/release.ts';

const told: ToldRelease = {
  release: 'r1',
  builtAt: '2026-09-02T04:10:12Z',
  asOf: '2026-09-01T00:00:00',
  completeThrough: '2026-08-30',
  sources: [],
  privacy: '',
  registryKind: null,
  demoStories: [],
  releases: [],
};

test('a release speaks as of when its extracts say', () => {
  expect(readRelease(told)).toMatchObject({ asOf: '2026-09-01T00:00:00', tellsAsOf: true });
});

test('where no extract says so, it speaks as of its making, and that is told apart', () => {
  const silent = readRelease({ ...told, asOf: null, completeThrough: null });
  expect(silent).toMatchObject({ asOf: '2026-09-02T04:10:12Z', tellsAsOf: false });
  expect(completeDay(silent)).toBe('2026-09-01');
});
