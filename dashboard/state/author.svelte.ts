const key = 'himsight-author';

const read = (): string => {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
};

/** The name under which this reader writes, kept on this device alone. Nothing proves it: there is no login yet. */
class Author {
  name = $state(read());

  /** Remembers the name for the next time. */
  remember(): void {
    try {
      localStorage.setItem(key, this.name.trim());
    } catch {
      // A browser that keeps nothing asks again.
    }
  }
}

export const author = new Author();
