import { messageOf } from '../warehouse/error.ts';

/** DuckDB errors that speak of statements, settings and the machine alone; every other one may quote a value of a row. */
const withoutRows =
  /^(Binder|Catalog|IO|Out of Memory|Permission|Transaction|Not implemented|Internal) (Error|Exception): /i;

/** What went wrong in one sentence, without whatever may be a value of a row: fit for a log, the ledger and a terminal. */
export const faultSentence = (error: unknown): string => {
  const message = messageOf(error).split('\n')[0] ?? '';
  const mayQuote = /^[\w ]*(Error|Exception): /.test(message) && !withoutRows.test(message);
  return mayQuote ? `${message.split(':')[0]}.` : message.replace(/\.?$/, '.');
};

/** Where it happened: the stacks of an error and its causes, their messages as {@link faultSentence} has them. */
export const faultStack = (error: unknown): string => {
  const lines = (thrown: unknown): string[] => {
    if (!(thrown instanceof Error)) return [];
    const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    return [`${thrown.name}: ${faultSentence(thrown)}`, ...frames, ...lines(thrown.cause)];
  };
  return lines(error).join('\n');
};
