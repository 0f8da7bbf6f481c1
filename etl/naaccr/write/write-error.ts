/** Where in what is to be written something is. Numbers from 1; null outside of patients or tumors. */
export interface WritePlace {
  readonly patient: number | null;
  /** Within its patient. */
  readonly tumor: number | null;
}

/** What cannot be written as valid NAACCR XML. It holds no value. */
export class NaaccrWriteError extends Error {
  /** Code of the rule that it would break. */
  readonly rule: string;
  readonly place: WritePlace;
  readonly item: string | null;

  constructor(rule: string, says: string, place: WritePlace, item: string | null) {
    const { patient, tumor } = place;
    const where = patient === null ? '' : `patient ${patient}${tumor === null ? '' : `, tumor ${tumor}`}: `;
    super(`${where}${says}`);
    this.name = 'NaaccrWriteError';
    this.rule = rule;
    this.place = place;
    this.item = item;
  }
}
