/** Where the ledger used to be. */
export * from './ledger/fold-run.ts';
export * from './ledger/ledger-event.ts';
export * from './ledger/read-ledger.ts';
export * from './ledger/write-ledger.ts';
