import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chartWords, painted } from './painted.ts';
import { colourRules } from './palette.ts';
import type { FactsPart, FigurePart, Part, Report, ReportCell, ReportColumn, ReportPage, TablePart } from './report.ts';
import { aboutHead, aboutRow, definitionWords, doubtWords, standsOn } from './words.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const fonts = join(dirname(createRequire(import.meta.url).resolve('@fontsource/ibm-plex-sans/package.json')), 'files');

/** The letters of the page, inside it: nothing is fetched. */
const fontRules = (): string =>
  [400, 500, 600]
    .map((weight) => {
      const font = readFileSync(join(fonts, `ibm-plex-sans-latin-${weight}-normal.woff2`)).toString('base64');
      return `@font-face{font-family:'IBM Plex Sans';font-weight:${weight};src:url(data:font/woff2;base64,${font}) format('woff2')}`;
    })
    .join('\n');

const rules = (): string =>
  `${fontRules()}\n${colourRules}\n${readFileSync(new URL('report.css', import.meta.url), 'utf8')}`;

const paragraph = (text: string, name = ''): string =>
  text === '' ? '' : `<p${name === '' ? '' : ` class="${name}"`}>${escaped(text)}</p>`;

const pixels = { wide: 900, small: 430 } as const;

const figureHtml = (part: FigurePart, prefix: string): string => {
  const drawing = part.drawing(part.isSmall ? pixels.small : pixels.wide);
  const { svg } = painted(drawing, prefix);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', chartWords(part.title, part.note, drawing));
  return `<figure class="${part.isSmall ? 'small' : 'wide'}"><h3>${escaped(part.title)}</h3>${paragraph(part.note, 'note')}<div>${svg.outerHTML}</div></figure>`;
};

const classesOf = (cell: ReportCell, column: ReportColumn): string => {
  const names = [column.numeric ? 'n' : '', cell.isStrong === true ? 'strong' : '', cell.tone ?? ''];
  const all = names.filter((name) => name !== '').join(' ');
  return all === '' ? '' : ` class="${all}"`;
};

const cellHtml = (cell: ReportCell, column: ReportColumn, isFirst: boolean, span: number): string => {
  const { picture, small } = cell;
  const drawn =
    picture === undefined
      ? ''
      : picture.svg.replace('<svg ', `<svg role="img" aria-label="${escaped(picture.words)}" `);
  const inside = `${drawn}${escaped(cell.text)}${small === undefined || small === '' ? '' : `<small>${escaped(small)}</small>`}`;
  const name = isFirst ? 'th' : 'td';
  return `<${name}${isFirst ? ' scope="row"' : ''}${span > 1 ? ` colspan="${span}"` : ''}${classesOf(cell, column)}>${inside}</${name}>`;
};

/** A table with all its rows. @throws Error where they are not those that were answered */
const tableHtml = ({ title, note, table }: TablePart): string => {
  const columns = table.columns.flatMap((column, at) => (column.only === 'data' ? [] : [{ column, at }]));
  const line = (cells: readonly ReportCell[]): string => {
    const words = columns.findIndex(({ column, at }) => column.only === 'page' && cells[at]!.text !== '');
    // A sentence in the place of a picture takes the rest of the row.
    const kept = words === -1 ? columns : columns.slice(0, words + 1);
    const shown = kept.map(({ column, at }, index) =>
      cellHtml(cells[at]!, column, index === 0, index === words ? columns.length - words : 1),
    );
    return `<tr>${shown.join('')}</tr>`;
  };
  let stands: string | null = null;
  const rows = table.rows.map(({ group, cells }) => {
    const head =
      group !== null && group !== stands
        ? `<tr class="group"><th scope="rowgroup" colspan="${columns.length}">${escaped(group)}</th></tr>`
        : '';
    stands = group;
    return head + line(cells);
  });
  if (rows.length !== table.claimed)
    throw new Error(`a table shows ${rows.length} rows of the ${table.claimed} that were answered`);
  const head = columns.map(
    ({ column }) => `<th scope="col"${column.numeric ? ' class="n"' : ''}>${escaped(column.label)}</th>`,
  );
  const foot = table.foot === null ? '' : `<tfoot>${line(table.foot)}</tfoot>`;
  return `<div class="table"><h3>${escaped(title)}</h3>${paragraph(note, 'note')}<table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody>${foot}</table></div>`;
};

const factsHtml = ({ title, entries }: FactsPart): string =>
  `<div class="facts"><h3>${escaped(title)}</h3><dl>${entries.map(([name, text]) => `<dt>${escaped(name)}</dt><dd>${escaped(text)}</dd>`).join('')}</dl></div>`;

/** Charts that follow each other stand in one grid. */
const partsHtml = (parts: readonly Part[], prefix: string): string => {
  const shown = parts.filter((part) => part.kind !== 'table' || part.only !== 'data');
  return shown
    .map((part, at) => {
      if (part.kind === 'facts') return factsHtml(part);
      if (part.kind === 'table') return tableHtml(part);
      const isFirst = shown[at - 1]?.kind !== 'figure';
      const isLast = shown[at + 1]?.kind !== 'figure';
      return `${isFirst ? '<div class="figures">' : ''}${figureHtml(part, `${prefix}-${at}`)}${isLast ? '</div>' : ''}`;
    })
    .join('\n');
};

const pageHtml = (report: Report, page: ReportPage, at: number): string =>
  `<section id="page-${at + 1}"><h2>${escaped(page.title)}</h2>${paragraph(page.words, 'words')}${paragraph(page.headline ?? '', 'headline')}${page.lines.map((line) => paragraph(line)).join('')}
${partsHtml(page.parts, `clip-${at + 1}`)}
<footer>${[definitionWords(report.about, page), doubtWords(report.about, page), standsOn(report.about)].map((text) => paragraph(text)).join('')}</footer></section>`;

const aboutHtml = ({ about }: Report): string => {
  const rows = about.metrics.map(
    (metric) =>
      `<tr>${aboutRow(metric)
        .map((text, at) => (at === 0 ? `<th scope="row">${escaped(text)}</th>` : `<td>${escaped(text)}</td>`))
        .join('')}</tr>`,
  );
  return `<section id="about"><h2>About this report</h2>${paragraph(standsOn(about), 'words')}${paragraph(about.privacy)}
<div class="table"><h3>Definitions and checks</h3><table><thead><tr>${aboutHead.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>`;
};

/** A report as one page of HTML that needs nothing beside itself: no script, no address but its own; light, dark and on paper. */
export const writeHtml = (report: Report): Uint8Array<ArrayBuffer> => {
  const { title, pages, about } = report;
  const list = pages.map((page, at) => `<li><a href="#page-${at + 1}">${escaped(page.title)}</a></li>`);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:">
<title>${escaped(title)}</title>
<style>
${rules()}
</style>
</head>
<body>
<main>
<header><h1>${escaped(title)}</h1><p>${escaped(standsOn(about))}</p></header>
${pages.length < 2 ? '' : `<nav aria-label="Pages"><ol>${list.join('')}<li><a href="#about">About this report</a></li></ol></nav>`}
${pages.map((page, at) => pageHtml(report, page, at)).join('\n')}
${aboutHtml(report)}
</main>
</body>
</html>
`;
  return new TextEncoder().encode(html);
};
