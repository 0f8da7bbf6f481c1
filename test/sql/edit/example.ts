/** Abstracts that an edit is put to, and whether they fail it. */
export interface EditExample {
  /** The edit's id. */
  readonly edit: string;
  readonly fails: boolean;
  /** Items by id, an abstract each; of an edit between records those of one patient. */
  readonly abstracts: readonly Readonly<Record<string, string>>[];
  /** As written. */
  readonly line: string;
}

/** What every abstract holds that says nothing else. */
const BASE = { dateOfDiagnosis: '20200615' };

/**
 * Reads examples as they are drawn: the id of an edit on a line of its own, then lines that begin with `fails` or `holds` and
 * give items as `id=value`; ` / ` parts the abstracts of one patient, `id=` leaves an item empty.
 */
export const readExamples = (drawing: string): readonly EditExample[] => {
  let edit = '';
  const examples: EditExample[] = [];
  for (const line of drawing.split('\n').map((each) => each.trim())) {
    const [, verdict, items] = /^(fails|holds)\s+(.*)$/.exec(line) ?? [];
    if (verdict === undefined) edit = line === '' ? edit : line;
    else
      examples.push({
        ...{ edit, fails: verdict === 'fails', line: `${edit}: ${line}` },
        abstracts: items!.split(' / ').map((each) => ({
          ...BASE,
          ...Object.fromEntries(each.split(/\s+/).map((pair) => pair.split('=') as [string, string])),
        })),
      });
  }
  return examples;
};
