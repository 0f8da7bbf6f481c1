import { expect, test } from 'vitest';
import { assuranceBand, variationIcon } from '../../../dashboard/chart/signal-icon.ts';

test.each([
  ['improvement', '7 points above centre', '12 10 19 6', 'M21 1 l4'],
  ['improvement', '7 points below centre', '12 10 19 14', 'M21 10 l4'],
  ['concern', '7 points increasing', '12 10 19 6', 'M17.5 2 h7'],
  ['concern', '7 points decreasing', '12 10 19 14', 'M17.5 11 h7'],
  ['neutral high', 'above the upper limit', '12 10 19 6', 'M21 1.5'],
  ['neutral low', 'below the lower limit', '12 10 19 14', 'M21 18.5'],
] as const)('%s by %s has its mark on the side of the signal', (variation, cause, line, mark) => {
  const icon = variationIcon(variation, cause);
  expect(icon.line.endsWith(line)).toBe(true);
  expect(icon.mark.startsWith(mark)).toBe(true);
});

test('chance has a line of its own and a disc', () => {
  expect(variationIcon('common cause', '').mark).toContain('a3.2');
  expect(variationIcon('common cause', '').line).not.toBe(variationIcon('concern', 'above').line);
});

test.each([
  ['consistently passing', 'higher', 2],
  ['consistently passing', 'lower', 11],
  ['consistently failing', 'higher', 11],
  ['consistently failing', 'lower', 2],
  ['inconsistent', 'higher', 6],
  ['inconsistent', 'lower', 6],
] as const)('limits that are %s where %s is better lie on the target’s right side', (assurance, better, top) => {
  expect(assuranceBand(assurance, better)).toBe(top);
});
