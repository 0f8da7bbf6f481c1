import { expect, test } from 'vitest';
import { editReport } from '../../warehouse/query/edit-report.ts';
import { buildInMemory } from '../support/warehouse.ts';
import { drawn } from './drawn.ts';
import { countEdits } from './edit.ts';
import { randomAbstracts } from './random-abstracts.ts';

test('every edit over 6,000 random abstracts counts what a plain loop counts', async () => {
  const abstracts = randomAbstracts(6000);
  const columns = [...new Set(abstracts.flatMap((each) => Object.keys(each)))];
  const rows = abstracts.map((each) => ({
    ...{ patient_key: each.patientIdNumber ?? null, facility_id: each.reportingFacility ?? null },
    ...Object.fromEntries(columns.map((column) => [column, each[column] ?? null])),
  }));
  const { connection, close } = await buildInMemory({ raw: { tumor: drawn(rows) } });
  try {
    const { edits } = await editReport(connection, { settings: new Map(), cases: null });
    const found = edits.map(({ id, examined, failing }) => [id, { examined, failing }]);
    const expected = countEdits(abstracts);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    const idle = [...expected].filter(([, { examined, failing }]) => failing === 0 || failing === examined);
    expect(idle).toEqual([]);
  } finally {
    await close();
  }
});
