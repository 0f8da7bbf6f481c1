import { listValue, type DuckDBConnection, type DuckDBInstance } from '@duckdb/node-api';
import { UserError } from '../../../warehouse/error.ts';
import { identifier } from '../../../warehouse/quote.ts';
import { readRows } from '../../../warehouse/rows.ts';
import type { EngineLimits } from '../../../warehouse/open.ts';
import type { NaaccrDictionary, NaaccrItem } from '../../naaccr/dictionary/dictionary.ts';
import { nearest } from '../../workspace/nearest.ts';
import { openFile, unreadable } from './open-file.ts';
import type { RegistryDatabase } from './registry-database.ts';

/** What names a tumor in a registry database: both numbers filled up with zeros, as NAACCR writes them. */
export interface TumorNumber {
  readonly patient: string;
  readonly tumor: string;
}

/** What a registry database holds of a tumor; what is empty is not among it. */
export interface FullAbstract {
  /** Items that record type I bars, by id: names, addresses, texts. */
  readonly barred: ReadonlyMap<string, string>;
  /** Of `tellingItems` those it tells. */
  readonly told: ReadonlyMap<string, string>;
}

/** Items by which a tumor is found. */
export const numberItems = ['patientIdNumber', 'tumorRecordNumber'] as const;

/** Items that the release holds too, and by which it shows that both speak of the same person and tumor. */
export const tellingItems = ['dateOfBirth', 'dateOfDiagnosis', 'primarySite'] as const;

/** Whether an item is taken from a registry database: the release holds all that record type I allows. */
export const isTaken = ({ id, recordTypes }: Pick<NaaccrItem, 'id' | 'recordTypes'>): boolean =>
  !recordTypes.includes('I') || [...numberItems, ...tellingItems].some((each) => each === id);

/**
 * The registry database kept apart, open for reading. Nothing of it is ever written to a disk: it has no folder to spill into,
 * and what is read of it is in memory until the abstracts asked for are in the package.
 */
export class FullAbstracts {
  readonly #connection: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #columns: readonly string[];

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, columns: readonly string[]) {
    this.#instance = instance;
    this.#connection = connection;
    this.#columns = columns;
  }

  /**
   * @param dictionaries all that are at hand, and their paths
   * @throws UserError when it cannot be read, has columns that are no items, or tells a tumor twice; HeldError for a NAACCR XML
   *   file that is not right. Never with a value
   */
  static async open(
    database: RegistryDatabase,
    dictionaries: { readonly known: readonly NaaccrDictionary[]; readonly paths: readonly string[] },
    limits: EngineLimits,
  ): Promise<FullAbstracts> {
    const items = new Map(dictionaries.known.flatMap((one) => one.items.map((item) => [item.id, item] as const)));
    const numbers = Object.fromEntries(numberItems.map((id) => [id, items.get(id)?.length ?? 0]));
    const request = { dictionaries: dictionaries.paths, limits, takes: isTaken, numbers };
    const { instance, connection } = await openFile(database, request);
    try {
      const columns = await itemColumns(connection, items);
      await refuseNumbers(connection, numbers);
      return new FullAbstracts(instance, connection, columns);
    } catch (error) {
      connection.closeSync();
      instance.closeSync();
      throw error instanceof UserError ? error : unreadable(error);
    }
  }

  /** Ids of what it adds to a release. */
  get items(): readonly string[] {
    return this.#columns.filter((id) => !isTelling(id));
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  /** What is known of some tumors, in the order asked; null for one that is not there. */
  async of(numbers: readonly TumorNumber[]): Promise<readonly (FullAbstract | null)[]> {
    const names = [...numberItems, ...this.#columns].map(identifier).join(', ');
    const patients = [...new Set(numbers.map(({ patient }) => patient))];
    const found = new Map<string, FullAbstract>();
    const rows = await this.#connection
      .runAndReadAll(`select ${names} from tumor where patientIdNumber in (select unnest($1))`, [listValue(patients)])
      .catch((cause: unknown) => {
        throw unreadable(cause);
      });
    for (const [patient, tumor, ...values] of rows.getRows()) {
      const items = this.#columns.flatMap((id, i) => {
        const value = values[i];
        return typeof value === 'string' && value !== '' ? [[id, value] as const] : [];
      });
      found.set(nameOf({ patient: String(patient), tumor: String(tumor) }), {
        barred: new Map(items.filter(([id]) => !isTelling(id))),
        told: new Map(items.filter(([id]) => isTelling(id))),
      });
    }
    return numbers.map((number) => found.get(nameOf(number)) ?? null);
  }
}

/** A tumor's numbers as one text. */
export const nameOf = ({ patient, tumor }: TumorNumber): string => JSON.stringify([patient, tumor]);

const isTelling = (id: string): boolean => tellingItems.some((each) => each === id);

/** Columns to read besides the numbers: items that are taken. */
const itemColumns = async (
  connection: DuckDBConnection,
  items: ReadonlyMap<string, NaaccrItem>,
): Promise<readonly string[]> => {
  const described = await readRows(connection, 'select column_name as name, column_type as type from (describe tumor)');
  const columns = described.map(({ name, type }) => ({ name: String(name), isText: type === 'VARCHAR' }));
  for (const { name, isText } of columns) {
    if (!items.has(name)) {
      const meant = nearest(name, [...items.keys()]);
      throw new UserError(
        `The registry database has a column \`${name}\`, which is no item${meant ? `; did it mean \`${meant}\`?` : '.'}`,
        { mend: 'Columns of its table `tumor` are NAACCR XML ids of `registry.dictionaries`.' },
      );
    }
    if (!isText)
      throw new UserError(`The registry database has a column \`${name}\` that is no text.`, {
        mend: 'All of them are VARCHAR, written as NAACCR writes them.',
      });
  }
  const lacks = numberItems.find((name) => !columns.some((column) => column.name === name));
  if (lacks !== undefined)
    throw new UserError(`The registry database has no \`${lacks}\`.`, {
      mend: 'It tells a tumor by patientIdNumber and tumorRecordNumber.',
    });
  return columns
    .map(({ name }) => name)
    .filter((name) => !numberItems.some((each) => each === name) && isTaken(items.get(name)!));
};

/** Each tumor stands in it once, under numbers as they are looked for. */
const refuseNumbers = async (
  connection: DuckDBConnection,
  numbers: Readonly<Record<string, number>>,
): Promise<void> => {
  for (const [name, length] of Object.entries(numbers)) {
    const column = identifier(name);
    const [row] = await readRows(
      connection,
      `select count(*) as n from tumor where regexp_full_match(${column}, '[0-9]+') and length(${column}) < ${length}`,
    );
    if (Number(row?.n) > 0)
      throw new UserError(
        `In ${counted(row?.n)} rows of the registry database \`${name}\` is not filled up with zeros.`,
        {
          mend: `update tumor set ${name} = lpad(${name}, ${length}, '0') where length(${name}) < ${length}`,
          exitCode: 3,
        },
      );
  }
  const [row] = await readRows(
    connection,
    `select count(*) as n from (
       select 1 from tumor where patientIdNumber is not null and tumorRecordNumber is not null
       group by patientIdNumber, tumorRecordNumber having count(*) > 1
     )`,
  );
  if (Number(row?.n) > 0)
    throw new UserError(`The registry database holds ${counted(row?.n)} tumors more than once.`, {
      mend: 'patientIdNumber and tumorRecordNumber together name one row.',
      exitCode: 3,
    });
};

const counted = (n: unknown): string => Number(n).toLocaleString('en-US');
