import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('../app.css', import.meta.url), 'utf8');

/** The colours of app.css by their names, as they are on light paper. */
const light: ReadonlyMap<string, string> = new Map(
  [...css.matchAll(/(--[a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}),/g)].map(([, name = '', colour = '']) => [
    name,
    colour,
  ]),
);

/** The colour that a name of `ink` stands for on paper. @throws Error of a name that app.css does not have */
export const onPaper = (colour: string): string =>
  colour.replaceAll(/var\((--[a-z0-9-]+)\)/g, (_, name: string) => {
    const found = light.get(name);
    if (found === undefined) throw new Error(`app.css has no colour ${name}`);
    return found;
  });

/** The block of app.css that names its colours, for a page that stands by itself. */
export const colourRules: string = css.slice(css.indexOf(':root {'), css.indexOf('}', css.indexOf(':root {')) + 1);
