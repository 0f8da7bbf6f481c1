import { fiscalYearIn, versionIn } from './calendar.ts';
import { baseDrgs, drgTitle } from './drg-title.ts';
import type { Parser, Value } from './parsed-table.ts';
import { lineError, recordsOf } from './text-lines.ts';

const wanted = {
  drg: ['MS-DRG', 'ms_drg', 'drg'],
  weight: ['Weights', 'relative_weight', 'Weight'],
  gmlos: ['Geometric mean LOS', 'gmlos'],
  amlos: ['Arithmetic mean LOS', 'amlos'],
  mdc: ['MDC'],
  type: ['TYPE', 'drg_abb', 'drg_type'],
  title: ['MS-DRG Title', 'drg_description', 'title'],
  cut: ['title_26char'],
} as const;

const columns = [
  ...['drg_code', 'relative_weight', 'gmlos', 'amlos', 'mdc', 'drg_type', 'title', 'split', 'base_drg'],
] as const;

const types: Readonly<Record<string, string>> = { M: 'medical', MED: 'medical', P: 'surgical', SURG: 'surgical' };

/**
 * MS-DRGs: table 5 of the IPPS rule with relative weights (CMS's tab-separated text, or a CSV of it), or a list of the
 * DRGs of one version with title and type. Two files of one version are put together.
 *
 * A title cut off at 26 characters says nothing of the split.
 */
export const msDrg: Parser = (file) => {
  // Below its rows the published table has notes.
  const { rows, has } = recordsOf(file, wanted, ['drg'], 'a table of MS-DRGs', (first) => /^\d{1,3}$/.test(first));
  if (!has('weight') && !has('title'))
    throw lineError(
      file.name,
      1,
      'neither weights nor titles.',
      'Name table 5 of the IPPS rule, or a list of MS-DRGs with titles.',
    );
  if (rows.length === 0) throw lineError(file.name, 1, 'no MS-DRG in it.', 'Name table 5 of the IPPS rule.');
  const codeOf = (text: string): string => text.padStart(3, '0');
  const titles = new Map(
    rows.flatMap(({ of }) => (has('title') ? [[codeOf(of('drg')), drgTitle(of('title'))] as const] : [])),
  );
  const bases = baseDrgs(titles);
  const seen = new Set<string>();
  return {
    columns,
    fiscalYear: fiscalYearIn(file.title),
    from: null,
    version: versionIn(file.title),
    rows: rows.map(({ line, of }): readonly Value[] => {
      const drg = codeOf(of('drg'));
      if (seen.has(drg))
        throw lineError(file.name, line, 'this DRG stands in the file twice.', 'Leave one of the lines.');
      seen.add(drg);
      const numbers = ['weight', 'gmlos', 'amlos'].map((key) => numberOf(has(key) ? of(key) : ''));
      if (numbers.includes(undefined))
        throw lineError(
          file.name,
          line,
          'a weight or length of stay is no number.',
          'Name the table as it was published.',
        );
      const text = (key: string): string | null => (has(key) && of(key) !== '' ? of(key) : null);
      return [
        ...[drg, ...(numbers as (number | null)[])],
        /^\d+$/.test(text('mdc') ?? '') ? text('mdc')!.padStart(2, '0') : null,
        types[text('type')?.replaceAll('*', '').trim().toUpperCase() ?? ''] ?? null,
        text('title') ?? text('cut'),
        ...[titles.get(drg)?.split ?? null, bases.get(drg) ?? null],
      ];
    }),
  };
};

/** null where nothing stands; undefined for what is no number. DRGs outside the rule carry no weight but a sentence. */
const numberOf = (text: string): number | null | undefined => {
  if (text === '' || /^(n\/?a|\.|-|\*+|no .*|not .*)$/i.test(text)) return null;
  const number = Number(text.replaceAll(',', ''));
  return Number.isFinite(number) && number >= 0 ? number : undefined;
};
