import type { Parser, Value } from './parsed-table.ts';
import { lineError, recordsOf, type Records } from './text-lines.ts';

/** The two definitions of the SEER site recode that are read. */
export type SiteRecode = '2008' | '2023';

const wanted = {
  label: ['Group Name', 'Name'],
  siteIn: ['Sites IN'],
  siteOut: ['Sites OUT'],
  histologyIn: ['Hist IN'],
  histologyOut: ['Hist OUT'],
  behavior: ['Beh IN'],
  yearFrom: ['DX Year Min'],
  yearTo: ['DX Year Max'],
  recode: ['Group code', 'Recode'],
} as const;

const axes = [
  ['site', 'siteIn', 'siteOut', /^C\d{3}$/],
  ['histology', 'histologyIn', 'histologyOut', /^\d{4}$/],
] as const;

/**
 * A SEER site recode as its table: rows in order, the first that fits a tumor gives its group. One row here per span of
 * sites or histologies of a row there (`axis`, `side` in or out, `low` and `high` inclusive), told with the row's place; a
 * row without spans is `none`. Headings carry no code and are left out.
 */
export const siteRecode =
  (scheme: SiteRecode): Parser =>
  (file) => {
    const needed = ['label', 'siteIn', 'histologyIn', 'histologyOut', 'recode'];
    const own = scheme === '2008' ? ['siteOut'] : ['behavior', 'yearFrom', 'yearTo'];
    const { rows } = recordsOf(file, wanted, [...needed, ...own], `the SEER site recode ${scheme}`);
    return {
      columns: [
        ...['scheme', 'place', 'recode', 'label', 'behaviors', 'year_from', 'year_to'],
        ...['axis', 'side', 'low', 'high'],
      ],
      fiscalYear: null,
      from: null,
      version: null,
      rows: rows.flatMap((row, i) => {
        if (row.of('recode') === '') return [];
        return spansOf(file.name, row).map((span) => [scheme, i + 1, ...groupOf(file.name, row, scheme), ...span]);
      }),
    };
  };

type Row = Records['rows'][number];

const groupOf = (name: string, { line, of }: Row, scheme: SiteRecode): readonly Value[] => {
  const [behaviors, from, to] = [of('behavior'), of('yearFrom'), of('yearTo')];
  const isCode = scheme === '2008' ? /^\d{5}$/ : /^\d{2}$/;
  if (!isCode.test(of('recode')) || of('label') === '')
    throw lineError(name, line, 'no code of a group, or no name.', `Name the table of the site recode ${scheme}.`);
  if (!/^(\d(,\d)*)?$/.test(behaviors) || !/^(\d{4})?$/.test(from) || !/^(\d{4})?$/.test(to))
    throw lineError(
      name,
      line,
      'behaviors or years that cannot be read.',
      'Behaviors are `2,3`, years have four digits.',
    );
  return [of('recode'), of('label'), behaviors || null, from || null, to || null];
};

const spansOf = (name: string, { line, of }: Row): readonly (readonly Value[])[] => {
  const spans = axes.flatMap(([axis, into, out, shape]) => {
    if (of(into) !== '' && of(out) !== '')
      throw lineError(
        name,
        line,
        `it says both which ${axis} is in and which is out.`,
        'Name the table as it was published.',
      );
    const side = of(into) === '' ? 'out' : 'in';
    // Published lists have commas too many here and there.
    const parts = (of(into) || of(out)).split(',').filter((part) => part.trim() !== '');
    return parts.map((part) => {
      const [low = '', high = low] = part.split('-').map((end) => end.trim());
      if (!shape.test(low) || !shape.test(high) || high < low)
        throw lineError(name, line, `a ${axis} that cannot be read.`, 'Spans are written `C000-C009` or `9050-9055`.');
      return [axis, side, low, high];
    });
  });
  return spans.length > 0 ? spans : [['none', null, null, null]];
};
