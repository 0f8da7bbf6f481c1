import type { SentItems } from './case-items.ts';
import type { RowKey } from './row-digest.ts';

/** A patient with the tumors that are sent of them. */
export interface SentPatient {
  /** Items on the level of the patient. */
  readonly items: ReadonlyMap<string, string>;
  readonly tumors: readonly ReadonlyMap<string, string>[];
}

/** A case before it is put together with the others of its patient. */
export interface SentCase extends SentItems {
  readonly key: RowKey;
}

/** An item that two abstracts of one patient tell differently: it can stand only once. */
export interface Disagreement {
  readonly item: string;
  /** Keys of the two abstracts. */
  readonly keys: readonly [RowKey, RowKey];
}

/**
 * Puts cases together by patientIdNumber. They must come in its order: a patient is one element, wherever the cases of one
 * stood.
 *
 * @param disagrees called for each item of the patient on which abstracts differ; one that an abstract leaves out is told
 *   by the others
 */
export const patientsOf = async function* (
  cases: AsyncIterable<SentCase>,
  disagrees: (found: Disagreement) => void,
): AsyncGenerator<SentPatient> {
  let id: string | undefined;
  let open: { items: Map<string, string>; told: Map<string, RowKey>; tumors: ReadonlyMap<string, string>[] } | null =
    null;
  for await (const each of cases) {
    const own = each.patient.get('patientIdNumber');
    if (open === null || own === undefined || own !== id) {
      if (open !== null) yield open;
      open = { items: new Map(), told: new Map(), tumors: [] };
      id = own;
    }
    for (const [item, value] of each.patient) {
      const known = open.items.get(item);
      if (known === undefined) {
        open.items.set(item, value);
        open.told.set(item, each.key);
      } else if (known !== value) disagrees({ item, keys: [open.told.get(item)!, each.key] });
    }
    open.tumors.push(each.tumor);
  }
  if (open !== null) yield open;
};
