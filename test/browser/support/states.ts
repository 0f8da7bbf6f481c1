import type { Page } from 'playwright-core';
import type { Stub } from '../stub/server.ts';

/** Something asked in vain or gone wrong, and the sentence that a page answers with. */
export interface State {
  readonly name: string;
  readonly path: string;
  /** What goes wrong before the page is opened. */
  readonly before?: (page: Page, stub: Stub) => Promise<void> | void;
  /** What goes wrong while it stands open. */
  readonly then?: (page: Page, stub: Stub) => Promise<void> | void;
  readonly says: RegExp;
  /** Whether numbers stand beside the sentence: those that can be shown, or the last good ones. */
  readonly shows: 'numbers' | 'nothing';
}

const ten = Array.from({ length: 10_000 }, (_, i) => `v${i}`);
const refusal = 'This metric needs days, and a Safe Harbor workspace holds years alone.';

const refuse = (page: Page) =>
  page.route(/\/api\/(query|batch|cube)$/, (route) =>
    route.fulfill({
      status: 403,
      contentType: 'application/problem+json',
      body: JSON.stringify({ title: 'Not in this privacy mode', detail: refusal }),
    }),
  );
const withhold = (_: Page, stub: Stub): void => {
  stub.mood.isWithheld = true;
};
/** The same page under another filter, as somebody who follows a link of it. */
const go = (page: Page, path: string) =>
  page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
const away = (path: string) => async (page: Page) => {
  await page.route('**/api/**', (route) => route.abort());
  await go(page, path);
};
const swap = (path: string) => async (page: Page, stub: Stub) => {
  stub.mood.release = '20260903T041012Z-00ddba11';
  await go(page, path);
};

/** One line a state of “Bad input”: each is a sentence, never a blank. */
export const states: readonly State[] = [
  { name: 'unknown metric, its page', path: '/kpi/no_such', says: /There is no such indicator/, shows: 'nothing' },
  {
    name: 'unknown metric, scorecard',
    path: '/?kpi=no_such&kpi=delinquency_rate',
    says: /no such indicator/,
    shows: 'numbers',
  },
  { name: 'unknown metric, Explore', path: '/explore?metric=no_such', says: /no_such/, shows: 'nothing' },
  {
    name: 'unknown dimension, filter',
    path: '/?facilty=riverside',
    says: /There is no dimension “facilty”/,
    shows: 'numbers',
  },
  {
    name: 'unknown dimension, split',
    path: '/kpi/delinquency_rate?by=moon',
    says: /is not kept by “moon”/,
    shows: 'numbers',
  },
  {
    name: 'unknown dimension, Explore',
    path: '/explore?metric=delinquency_rate&rows=moon',
    says: /moon/,
    shows: 'numbers',
  },
  { name: 'unknown value', path: '/completion?facility=moon', says: /no facility “moon”/, shows: 'numbers' },
  {
    name: 'unknown release',
    path: '/explore?metric=delinquency_rate&release=20200101T000000Z-00000000',
    says: /does not stand any more; shown is the one served now/,
    shows: 'numbers',
  },
  {
    name: '10,000 values of a filter',
    path: '/kpi/delinquency_rate',
    then: (page) =>
      go(page, `/kpi/delinquency_rate?facility=riverside&${ten.map((one) => `facility=${one}`).join('&')}`),
    says: /does not have 10,000; the filter lists what it has/,
    shows: 'numbers',
  },
  {
    name: '10,000 values, Explore',
    path: '/explore?metric=delinquency_rate',
    then: (page) =>
      go(page, `/explore?metric=delinquency_rate&facility=riverside&${ten.map((one) => `facility=${one}`).join('&')}`),
    says: /does not have 10,000; the filter lists what it has/,
    shows: 'numbers',
  },
  {
    name: 'no data in the period',
    path: '/?period=2031-01..2031-12',
    says: /Nothing of this period is complete yet/,
    shows: 'nothing',
  },
  {
    name: 'no data, one metric',
    path: '/kpi/delinquency_rate?period=2031-01..2031-12',
    says: /Nothing of this period is complete yet/,
    shows: 'nothing',
  },
  {
    name: 'no data, Explore',
    path: '/explore?metric=delinquency_rate&period=2031-01..2031-12',
    says: /No value in this period/,
    shows: 'nothing',
  },
  {
    name: 'forbidden by privacy',
    path: '/',
    before: (page) => refuse(page),
    says: new RegExp(refusal),
    shows: 'nothing',
  },
  {
    name: 'forbidden, one metric',
    path: '/kpi/delinquency_rate',
    before: (page) => refuse(page),
    says: new RegExp(refusal),
    shows: 'nothing',
  },
  {
    name: 'forbidden, Explore',
    path: '/explore?metric=delinquency_rate',
    before: (page) => refuse(page),
    says: new RegExp(refusal),
    shows: 'nothing',
  },
  { name: 'withheld', path: '/', before: withhold, says: /Withheld: so few are counted/, shows: 'nothing' },
  {
    name: 'withheld, one metric',
    path: '/kpi/delinquency_rate',
    before: withhold,
    says: /Withheld: so few are counted/,
    shows: 'nothing',
  },
  {
    name: 'server away, scorecard',
    path: '/',
    then: away('/?facility=riverside'),
    says: /does not answer.*last numbers it gave/s,
    shows: 'numbers',
  },
  {
    name: 'server away, Explore',
    path: '/explore?metric=delinquency_rate',
    then: away('/explore?metric=delinquency_rate&rows=facility'),
    says: /does not answer.*last numbers it gave/s,
    shows: 'numbers',
  },
  {
    name: 'server away, page not fetched',
    path: '/',
    then: away('/coding'),
    says: /does not answer/,
    shows: 'nothing',
  },
  {
    name: 'release swapped, scorecard',
    path: '/',
    then: swap('/?facility=riverside'),
    says: /Another release is served now/,
    shows: 'numbers',
  },
  {
    name: 'release swapped, Explore',
    path: '/explore?metric=delinquency_rate',
    then: swap('/explore?metric=delinquency_rate&rows=facility'),
    says: /Another release is served now/,
    shows: 'numbers',
  },
];

/** Opens a page and brings it into a state; answers once the sentence stands there. */
export const bring = async (page: Page, stub: Stub, state: State, settle: () => Promise<void>): Promise<void> => {
  await state.before?.(page, stub);
  await page.goto(stub.origin + state.path);
  await settle();
  await state.then?.(page, stub);
  await page.locator('main').getByText(state.says).first().waitFor();
};
