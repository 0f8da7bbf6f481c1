/** Signs of a chart's key that the font does not have, as shapes around their middle on letters of size 1. */
const shapes: Readonly<Record<string, string>> = {
  '●': 'M-0.27,0a0.27,0.27 0 1,0 0.54,0a0.27,0.27 0 1,0 -0.54,0Z',
  '◆': 'M0,-0.36L0.36,0L0,0.36L-0.36,0Z',
  '■': 'M-0.28,-0.28H0.28V0.28H-0.28Z',
  '▲': 'M0,-0.32L0.34,0.28H-0.34Z',
  '▼': 'M0,0.32L0.34,-0.28H-0.34Z',
};

const signs = new RegExp(`[${Object.keys(shapes).join('')}]`, 'u');
/** Room of a sign, in letters' sizes, and the spaces that leave it. */
const room = 0.75;

const inherited = (element: Element, name: string): string | null =>
  element.closest(`[${name}]`)?.getAttribute(name) ?? null;

/** Draws the signs of a text that stands at its left end, and leaves room for each in the words. */
export const drawSigns = (text: Element, lengthOf: (words: string, size: number) => number): void => {
  const words = text.textContent;
  if (!signs.test(words)) return;
  const size = Number.parseFloat(inherited(text, 'font-size') ?? '12');
  const em = (name: string): number => {
    const value = text.getAttribute(name) ?? '0';
    return Number.parseFloat(value) * (value.endsWith('em') ? size : 1);
  };
  const spaces = ' '.repeat(Math.ceil((room * size) / lengthOf(' ', size)));
  let said = '';
  for (const letter of words) {
    const shape = shapes[letter];
    if (shape === undefined) {
      said += letter;
      continue;
    }
    const [x, y] = [em('x') + em('dx') + lengthOf(said, size) + (room * size) / 2, em('y') + em('dy') - 0.34 * size];
    const path = text.ownerDocument.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', shape);
    path.setAttribute('transform', `${text.getAttribute('transform') ?? ''} translate(${x},${y}) scale(${size})`);
    text.after(path);
    said += spaces;
  }
  text.textContent = said;
};
