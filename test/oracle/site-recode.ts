/** A tumor as abstracted; null = not told. */
export interface RecodedTumor {
  readonly site: string | null;
  readonly histology: string | null;
  readonly behavior: string | null;
  readonly year: number | null;
}

/** Cells of one line of a CSV whose quotes have no quotes inside. */
const cellsOf = (line: string): readonly string[] =>
  [...line.matchAll(/("[^"]*"|[^,]*)(,|$)/g)].map(([, cell = '']) => cell.replaceAll('"', '').trim());

/** Whether a code stands in a list such as `C000-C006,C008`; an empty list holds nothing. */
const isIn = (list: string, code: string): boolean => {
  for (const part of list.split(',')) {
    const [low = '', high = low] = part.split('-');
    if (low !== '' && Number(low.replace('C', '')) <= Number(code.replace('C', '')))
      if (Number(code.replace('C', '')) <= Number(high.replace('C', ''))) return true;
  }
  return false;
};

/** A reader of one published site recode: the table's lines from top to bottom, the first that fits is the answer. */
export const siteRecodeBy = (text: string, scheme: '2008' | '2023'): ((tumor: RecodedTumor) => string) => {
  const [head = '', ...lines] = text.trim().split(/\r?\n/);
  const names = cellsOf(head);
  const table = lines.map(cellsOf);
  return ({ site, histology, behavior, year }) => {
    const unknown = scheme === '2008' ? '99999' : '99';
    if (site === null || histology === null) return unknown;
    if (scheme === '2023' && (behavior === null || year === null)) return unknown;
    for (const cells of table) {
      const of = (name: string): string => cells[names.indexOf(name)] ?? '';
      const recode = of(scheme === '2008' ? 'Group code' : 'Recode');
      if (recode === '') continue;
      if (of('Sites IN') !== '' && !isIn(of('Sites IN'), site)) continue;
      if (scheme === '2008' && of('Sites OUT') !== '' && isIn(of('Sites OUT'), site)) continue;
      if (of('Hist IN') !== '' && !isIn(of('Hist IN'), histology)) continue;
      if (of('Hist OUT') !== '' && isIn(of('Hist OUT'), histology)) continue;
      if (scheme === '2023') {
        if (of('Beh IN') !== '' && !of('Beh IN').split(',').includes(behavior!)) continue;
        if (of('DX Year Min') !== '' && year! < Number(of('DX Year Min'))) continue;
        if (of('DX Year Max') !== '' && year! > Number(of('DX Year Max'))) continue;
      }
      return recode;
    }
    return unknown;
  };
};

/** SEER behavior recode for analysis, as seer.cancer.gov/behavrecode lists its steps. */
export const behaviorRecode = ({ site, histology, behavior, year }: RecodedTumor): string => {
  if (site === null || histology === null || behavior === null || year === null) return '9';
  const [s, h] = [Number(site.slice(1)), Number(histology)];
  const b = s >= 670 && s <= 679 ? 3 : Number(behavior);
  const isBrain = s === 700 || s === 701 || (s >= 709 && s <= 729) || (s >= 751 && s <= 753);
  let recode = '9';
  if (b === 3) recode = '3';
  if (b === 1 && (s <= 699 || (s >= 730 && s <= 750) || (s >= 754 && s <= 809))) recode = '5';
  if (b === 3 && year >= 2001) {
    const only = [9393, 9538, 9950, 9960, 9961, 9962, 9980, 9982, 9983, 9984, 9985, 9986, 9987, 9989];
    if (only.includes(h) || (h === 9133 && s >= 340 && s <= 349)) recode = '4';
  }
  if (b === 2) recode = '2';
  if (year >= 2004 && isBrain && (b === 0 || b === 1)) recode = String(b);
  if (b === 3 && year >= 2010 && [9724, 9751, 9759, 9831, 9975, 9991, 9992].includes(h)) recode = '6';
  return recode;
};
