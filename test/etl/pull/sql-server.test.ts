import { expect, test } from 'vitest';
import { connectionOf, textOf } from '../../../etl/pull/sql-server.ts';
import { databaseFault } from '../../../etl/pull/database-fault.ts';

const at = new Date('2026-08-31T23:30:00.000Z');
const column = (type: string) => textOf({ name: 'c', type });

test.each([
  ['datetime', at, '2026-08-31 23:30:00'],
  ['datetime2(7)', new Date('2026-08-31T23:30:00.125Z'), '2026-08-31 23:30:00.125'],
  ['date', new Date('2026-08-31T00:00:00.000Z'), '2026-08-31'],
  ['time(7)', new Date('1970-01-01T23:30:00.000Z'), '23:30:00'],
  ['datetimeoffset(7)', at, '2026-08-31 23:30:00+00'],
  ['bit', true, 'true'],
  ['bigint', '9007199254740993', '9007199254740993'],
  ['decimal(18,2)', 0.1, '0.1'],
  ['float', 1e-7, '0.0000001'],
  ['money', 123_456_789_012.34, '123456789012.34'],
  ['varchar(10)', '01', '01'],
  ['varchar(10)', null, null],
])('%s is written as it stands in the database', (type, value, text) => {
  expect(column(type)(value)).toBe(text);
});

test('fifteen digits are exact, sixteen are refused and not told', () => {
  expect(column('numeric(18,0)')(999_999_999_999_999)).toBe('999999999999999');
  expect(() => column('numeric(18,0)')(1_234_567_890_123_456)).toThrow(
    'Column `c` of the query holds numbers of more than fifteen digits.',
  );
});

test('a binary column is refused before a row is asked for', () => {
  expect(() => column('varbinary(max)')).toThrow('Column `c` of the query is varbinary, which is no text.');
});

test('a session only reads, and trusts no certificate unless told so', () => {
  const login = { dialect: 'mssql', host: 'db', database: 'CLARITY', user: 'reader', password: 'secret' } as const;
  expect(connectionOf(login)).toMatchObject({
    server: 'db',
    options: { port: 1433, encrypt: true, trustServerCertificate: false, readOnlyIntent: true },
  });
  expect(connectionOf({ ...login, encryption: 'trust' }).options).toMatchObject({ trustServerCertificate: true });
  expect(connectionOf({ ...login, encryption: 'none' }).options).toMatchObject({ encrypt: false });
});

test.each([
  [{ code: 'ESOCKET' }, /connection broke/, true],
  [{ code: 'ELOGIN', message: 'Login failed for user' }, /refuses the login/, false],
  [{ code: 'EREQUEST', number: 208, message: "Invalid object name 'absent'." }, /Invalid object name 'absent'/, false],
  [
    { code: 'EREQUEST', number: 245, message: "Conversion failed when converting 'Smith'" },
    /a value does not fit/,
    false,
  ],
  [{ code: 'EREQUEST', number: 50_000, message: 'Smith is wrong' }, /refuses the query \(50000\)/, false],
  [{ code: 'EREQUEST', number: 1205, message: 'deadlock' }, /no room/, true],
])('%o is told without a value', (facts, says, isTransient) => {
  const fault = databaseFault(Object.assign(new Error(), facts));
  expect(fault.says).toMatch(says);
  expect(fault.says).not.toMatch(/Smith/);
  expect(fault.isTransient).toBe(isTransient);
});
