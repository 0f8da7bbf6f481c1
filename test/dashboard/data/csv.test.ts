import { expect, test } from 'vitest';
import { toCsv } from '../../../dashboard/data/csv.ts';

test('numbers as they are, texts quoted where needed, formulas kept from running', () => {
  const cell = (raw: string | number | null) => ({ text: 'shown', raw });
  const csv = toCsv({
    columns: [
      { label: 'Name', numeric: false },
      { label: 'Value', numeric: true },
    ],
    rows: [
      [cell('a, "b"'), cell(0.9412345)],
      [cell('=1+1'), cell(null)],
      [cell('zero'), cell(0)],
      [cell('minus'), cell(-1.5)],
    ],
  });
  expect(csv).toBe('Name,Value\r\n"a, ""b""",0.9412345\r\n\'=1+1,\r\nzero,0\r\nminus,-1.5\r\n');
});
