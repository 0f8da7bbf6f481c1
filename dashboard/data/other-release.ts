/** The answer is of another release than the page: it must not stand beside the numbers that are. */
export class OtherRelease extends Error {
  readonly release: string;

  constructor(release: string) {
    super(`The server now serves release ${release}.`);
    this.name = 'OtherRelease';
    this.release = release;
  }
}
