/**
 * Lets at most so many tasks run at a time; the others wait in order.
 *
 * Every running DuckDB query holds a thread of libuv's pool, and when all are held even a file's stat waits for seconds.
 */
export const slots = (most: number) => {
  const waiting: (() => void)[] = [];
  let free = most;
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
};
