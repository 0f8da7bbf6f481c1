import { misread, readAddress, writeAddress, type Address } from '../data/url.ts';

/** What is looked at: the address bar, read and written in one place. */
class View {
  address = $state.raw<Address>(readAddress(location.pathname, location.search));
  /** What of the address was not understood, as sentences. */
  misread = $state.raw<readonly string[]>(misread(location.search));

  constructor() {
    addEventListener('popstate', () => this.#read());
  }

  /** Goes to another page, as a step that Back undoes, at its top. */
  visit(href: string): void {
    history.pushState(null, '', href);
    this.#read();
    scrollTo(0, 0);
  }

  /** The same page looked at otherwise; also a step that Back undoes. */
  change(part: Partial<Address>): void {
    history.pushState(null, '', writeAddress({ ...this.address, ...part }));
    this.#read();
  }

  #read(): void {
    this.address = readAddress(location.pathname, location.search);
    this.misread = misread(location.search);
  }
}

export const view = new View();
