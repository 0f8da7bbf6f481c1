import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds serious or worse. The script comes from a file: the pages' own policy lets no other in. */
export const serious = async (page: Page): Promise<readonly string[]> => {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(readFileSync(script, 'utf8'));
  return page.evaluate(async () => {
    const { axe: tool } = window as unknown as {
      axe: {
        run: (wish: object) => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await tool.run({ resultTypes: ['violations'] });
    const bad = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical');
    return bad.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
};
