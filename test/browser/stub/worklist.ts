import type { Worklist, Worklists } from '../../../dashboard/data/worklist.ts';
import { stubCatalogue } from './catalogue.ts';
import { registryWorklists } from './registry.ts';

const lists: readonly Worklist[] = [
  ...registryWorklists,
  {
    id: 'unbilled_accounts',
    label: 'Accounts to work, by dollars',
    help: 'Discharged and not final billed',
    page: 'unbilled',
    dimensions: ['facility', 'service'],
    columns: [
      { column: 'first_encounter_id', label: 'Account', kind: 'encounter', dimension: null },
      { column: 'gross_dollars', label: 'Gross charges', kind: 'dollars', dimension: null },
      { column: 'owner', label: 'Owner', kind: 'text', dimension: 'owner' },
      { column: 'reason', label: 'Reason', kind: 'text', dimension: 'reason' },
      { column: 'is_past_hold', label: 'Past hold', kind: 'flag', dimension: null },
      { column: 'facility_id', label: 'Facility', kind: 'text', dimension: 'facility' },
    ],
  },
];

export const stubWorklists = (): Worklists => ({ release: stubCatalogue.release, labels: true, worklists: lists });

const accounts = Array.from({ length: 60 }, (_, i) => ({
  first_encounter_id: `E${1000 + i}`,
  gross_dollars: 90_000 - i * 1000,
  owner: i % 2 === 0 ? 'HIM' : 'provider',
  reason: i % 2 === 0 ? 'CODING' : 'MISSING_DOCUMENT',
  is_past_hold: i % 3 === 0,
  facility_id: i % 4 === 0 ? 'riverside' : 'lakeview',
}));

/** A page of the list as `GET /api/worklist/:id` answers. */
export const stubWorklistRows = (query: URLSearchParams): object => {
  const kept = query.getAll('where').flatMap((pair) => (pair.startsWith('facility=') ? [pair.slice(9)] : []));
  const fitting = accounts.filter((row) => kept.length === 0 || kept.includes(row.facility_id));
  const from = Number(query.get('offset') ?? 0);
  return { total: fitting.length, rows: fitting.slice(from, from + Number(query.get('limit') ?? fitting.length)) };
};

/** What the desk calls them: `Chart 1000` for E1000, with a link into the record system. */
export const stubLabels = (body: string): object => {
  const { kind, ids } = JSON.parse(body) as { kind: string; ids: readonly string[] };
  const labelOf = (id: string) => ({ label: `Chart ${id.slice(1)}`, link: `https://ehr.example/chart/${id}` });
  return { kind, labels: Object.fromEntries(ids.map((id) => [id, labelOf(id)])) };
};
