import { expect, test } from 'vitest';
import { commandsAt, findCommands, type Command } from '../../../dashboard/data/command.ts';
import { readAddress } from '../../../dashboard/data/url.ts';
import { stubCatalogue } from '../../browser/stub/catalogue.ts';

const at = (href: string, hasTour = false): readonly Command[] => {
  const { pathname, search } = new URL(href, 'http://any');
  return commandsAt({ address: readAddress(pathname, search), search }, stubCatalogue, hasTour);
};
const found = (sought: string, href = '/'): readonly string[] =>
  findCommands(at(href), sought).map(({ label }) => label);
const deedOf = (href: string, id: string) => at(href).find((one) => one.id === id)?.deed;

test('an indicator is found by label, code, id and the words of its definition', () => {
  expect(found('Delinquency rate')[0]).toBe('Delinquency rate');
  expect(found('rc3')[0]).toBe('Delinquency rate');
  expect(found('delinquency_rate_cohort')[0]).toBe('Ever delinquent');
  expect(found('auditor found right')).toEqual(['Code accuracy']);
  expect(found('code accuracy')[0]).toBe('Code accuracy');
});

test('every word must fit, in any order; the name weighs more than the definition', () => {
  expect(found('codes code all')).toContain('Code accuracy, all codes');
  expect(found('rate delinq')[0]).toBe('Delinquency rate');
  expect(found('denial')[0]).toBe('Denials');
  expect(found('rate zzz')).toEqual([]);
});

test('nothing sought leaves all, in their order; ids are unique', () => {
  const all = at('/');
  expect(findCommands(all, '  ')).toEqual(all);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.some(({ label }) => label === 'Tour')).toBe(false);
  expect(at('/', true).some(({ label }) => label === 'Tour')).toBe(true);
});

test('period and filters go along to pages, indicators and Explore', () => {
  const here = '/coding?facility=riverside&period=12m&by=coder';
  expect(deedOf(here, 'page runs')).toMatchObject({ href: '/runs?period=12m&facility=riverside' });
  expect(deedOf(here, 'metric delinquency_rate')).toMatchObject({
    href: '/kpi/delinquency_rate?period=12m&facility=riverside',
    other: '/explore?metric=delinquency_rate&period=12m&facility=riverside',
  });
});

test('a facility is filtered by where one is, and taken off again; where nothing is filtered it opens the scorecard', () => {
  const filter = (href: string) => deedOf(href, 'facility riverside');
  expect(filter('/coding?by=coder&facility=lakeview')).toMatchObject({ href: '/coding?by=coder&facility=riverside' });
  expect(filter('/coding?facility=riverside')).toMatchObject({ href: '/coding' });
  expect(filter('/coding?facility=riverside&facility=lakeview')).toMatchObject({ href: '/coding?facility=riverside' });
  expect(filter('/runs')).toMatchObject({ href: '/?facility=riverside' });
  expect(filter('/explore?metric=cmi&rows=service')).toMatchObject({
    href: '/explore?metric=cmi&rows=service&facility=riverside',
  });
});

test('a view that was saved is found by its name, its note and who kept it, and opens as it was kept', () => {
  const address = '/explore?metric=delinquency_rate&rows=facility';
  const kept = {
    id: 'v1',
    name: 'Monday meeting',
    note: 'for the chiefs',
    author: 'Kim',
    at: '2026-09-01T04:00:00Z',
    address,
  };
  const commands = commandsAt({ address: readAddress('/', ''), search: '' }, stubCatalogue, false, [kept]);
  const [command] = findCommands(commands, 'monday');
  expect(command).toMatchObject({ group: 'Saved views', hint: 'Explore', deed: { kind: 'visit', href: address } });
  for (const words of ['meeting kim', 'chiefs']) expect(findCommands(commands, words)[0]?.label).toBe('Monday meeting');
});
