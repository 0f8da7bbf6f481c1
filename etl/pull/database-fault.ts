/** What went wrong at a database, without a value of any row. */
export interface DatabaseFault {
  readonly says: string;
  readonly mend: string;
  /** Whether the same again may succeed a little later. */
  readonly isTransient: boolean;
}

const broken = {
  says: 'the connection broke',
  mend: 'Nothing of it landed; the next run asks anew.',
  isTransient: true,
};
const absent = {
  says: 'the database does not answer',
  mend: 'See that it is up, and that host and port are right.',
  isTransient: true,
};
const refused = {
  says: 'the database refuses the login',
  mend: 'Look at user, password and database name; reading rights are enough.',
  isTransient: false,
};
const untrusted = {
  says: 'the certificate of the database is not trusted',
  mend: 'Install its authority (NODE_EXTRA_CA_CERTS), or say `encryption: trust` where the network is your own.',
  isTransient: false,
};
const busy = {
  says: 'the database has no room for the query at the moment',
  mend: 'The next run asks anew; a time of less work may suit better.',
  isTransient: true,
};
const noTls = {
  says: 'the database does not speak TLS',
  mend: 'Turn it on there, or say `encryption: none` where the network is your own.',
  isTransient: false,
};
const badValue = {
  says: 'a value does not fit an expression of the query',
  mend: 'Convert with care there (`try_convert`, `case`), or pass the text on as it is.',
  isTransient: false,
};

/** Codes of the operating system, of TLS, and of tedious. */
const byCode: Readonly<Record<string, DatabaseFault>> = {
  ECONNREFUSED: absent,
  ENOTFOUND: absent,
  EAI_AGAIN: absent,
  EHOSTUNREACH: absent,
  ENETUNREACH: absent,
  ETIMEDOUT: absent,
  ETIMEOUT: absent,
  ENOENT: absent,
  ECONNRESET: broken,
  EPIPE: broken,
  ECONNCLOSED: broken,
  ESOCKET: broken,
  ELOGIN: refused,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_HAS_EXPIRED: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted,
};

/** First characters of PostgreSQL's SQLSTATE; the longest that fits counts. */
const byState: readonly (readonly [string, DatabaseFault])[] = [
  ['08', broken],
  ['57P', broken],
  ['28', refused],
  ['3D', refused],
  ['42501', { ...refused, says: 'the user may not read what the query names' }],
  ['53', busy],
  ['40', busy],
  ['22', badValue],
  ['25006', { ...refused, says: 'the query would change something', mend: 'Write a plain `select`.' }],
];

/** Numbers of SQL Server's errors. */
const byNumber: Readonly<Record<number, DatabaseFault>> = {
  229: { ...refused, says: 'the user may not read what the query names' },
  241: badValue,
  245: badValue,
  8114: badValue,
  8115: badValue,
  8134: badValue,
  1205: busy,
  701: busy,
};

/** Errors about the words of a statement: their message names tables and columns, and no value. */
const aboutWords = /^42|^(102|105|156|207|208|209|1033|4104|8155)$/;

/** What a driver's error means, told without what it may quote. */
export const databaseFault = (error: unknown): DatabaseFault => {
  const { code, number, message } = factsOf(error);
  const known = byCode[code] ?? byNumber[number] ?? byState.find(([start]) => code.startsWith(start))?.[1];
  if (known) return known;
  if (/does not support SSL/i.test(message)) return noTls;
  if (/terminated|ended|closed|timeout/i.test(message)) return /connect/i.test(message) ? broken : busy;
  const id = code === '' || code === 'EREQUEST' ? String(number || '') : code;
  const said = aboutWords.test(id) ? `: ${message.split('\n')[0]}` : id === '' ? '' : ` (${id})`;
  return {
    says: `the database refuses the query${said}`,
    mend: 'Run the query there by hand to see what it means.',
    isTransient: false,
  };
};

/** An error, or the first that a failed try of several addresses gathered. */
const factsOf = (error: unknown): { readonly code: string; readonly number: number; readonly message: string } => {
  const one: unknown = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  const { code = '', number = 0, message = '', cause } = one as Partial<Record<string, unknown>>;
  if (code === '' && number === 0 && cause instanceof Error) return factsOf(cause);
  return { code: String(code), number: Number(number), message: String(message) };
};
