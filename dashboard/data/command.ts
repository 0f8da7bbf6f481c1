import type { SavedView } from '../store/saved-view.ts';
import { dimensionLabel, type Catalogue, type Metric } from './catalogue.ts';
import { emptyExplore, readExplore, writeExplore } from './explore-address.ts';
import { pageWords } from './saved-view.ts';
import { pageAddress, pageGroups } from './navigation.ts';
import { home, kpiAddress, writeAddress, type Address, type Page } from './url.ts';

/** What is done when a command is picked. */
export type Deed =
  | {
      readonly kind: 'visit';
      readonly href: string;
      /** Another way to it; null where there is one only. */ readonly other: string | null;
    }
  /** The same page, otherwise filtered: as a step that can be undone. */
  | { readonly kind: 'filter'; readonly href: string }
  | { readonly kind: 'theme'; readonly theme: 'light' | 'dark' | 'system' }
  | { readonly kind: 'copy' | 'print' | 'keys' | 'tour' };

/** A line of the palette. */
export interface Command {
  /** Unique among all. */
  readonly id: string;
  readonly group: 'Pages' | 'Saved views' | 'Indicators' | 'Filters' | 'Actions';
  readonly label: string;
  /** Beside the label, smaller. */
  readonly hint: string;
  /** Short names that count as much as the label: a metric's code and id. */
  readonly names: readonly string[];
  /** What else it may be found by. */
  readonly words: string;
  readonly deed: Deed;
}

/** Where one is, as the palette needs it. */
export interface Place {
  readonly address: Address;
  /** The query of the address: Explore reads it by itself. */
  readonly search: string;
}

/** Pages that show no numbers under a filter; picked there, a filter leads to the scorecard. */
const unfiltered: readonly Page[] = [
  'submissions',
  'data-quality',
  'runs',
  'alerts',
  'reports',
  'workbench',
  'missing',
];

/** The same view with this value of a dimension, and no other of it, or without it where it is all that was chosen. */
const filteredBy = ({ address, search }: Place, dimension: string, value: string): string => {
  const chosen = address.where[dimension] ?? [];
  const others = Object.fromEntries(Object.entries(address.where).filter(([id]) => id !== dimension));
  const where = chosen.length === 1 && chosen[0] === value ? others : { ...others, [dimension]: [value] };
  if (address.page === 'explore') return writeExplore({ ...readExplore(search), where });
  return unfiltered.includes(address.page) ? writeAddress({ ...home, where }) : writeAddress({ ...address, where });
};

const pageCommands = (place: Place): readonly Command[] =>
  pageGroups.flatMap((group) =>
    group.pages.map(({ page, label, help }) => ({
      id: `page ${page}`,
      group: 'Pages' as const,
      label,
      hint: help,
      names: [],
      words: group.label,
      deed: { kind: 'visit' as const, href: pageAddress(place.address, page), other: null },
    })),
  );

const metricCommand = ({ address }: Place, metric: Metric): Command => ({
  id: `metric ${metric.id}`,
  group: 'Indicators',
  label: metric.label,
  hint: metric.notKnown === undefined ? metric.help : 'Not known in this release',
  names: [metric.code, metric.id],
  words: [metric.help, metric.subject, metric.definition, metric.excludes ?? ''].join(' '),
  deed: {
    kind: 'visit',
    href: kpiAddress(address, metric.id),
    other: writeExplore({ ...emptyExplore, metrics: [metric.id], period: address.period, where: address.where }),
  },
});

const savedCommand = ({ id, name, address, author, note }: SavedView): Command => ({
  id: `view ${id}`,
  group: 'Saved views',
  label: name,
  hint: pageWords(address),
  names: [],
  words: `saved view ${note ?? ''} ${author}`,
  deed: { kind: 'visit', href: address, other: null },
});

const filterCommands = (place: Place, catalogue: Catalogue): readonly Command[] =>
  (catalogue.dimensions.find(({ id }) => id === 'facility')?.values ?? []).map(({ value, label }) => {
    const chosen = place.address.where.facility ?? [];
    const isAll = chosen.length === 1 && chosen[0] === value;
    return {
      id: `facility ${value}`,
      group: 'Filters',
      label,
      hint: isAll ? 'Take this filter off' : `Only this ${dimensionLabel(catalogue, 'facility').toLowerCase()}`,
      names: [value],
      words: 'facility filter hospital',
      deed: { kind: 'filter', href: filteredBy(place, 'facility', value) },
    };
  });

const action = (label: string, hint: string, words: string, deed: Deed): Command => ({
  id: `do ${label}`,
  group: 'Actions',
  names: [],
  ...{ label, hint, words, deed },
});

/**
 * Everything the palette offers here.
 *
 * @param hasTour whether this workspace has stories to be led through
 * @param saved views that people kept, the newest first
 */
export const commandsAt = (
  place: Place,
  catalogue: Catalogue,
  hasTour: boolean,
  saved: readonly SavedView[] = [],
): readonly Command[] => [
  ...pageCommands(place),
  ...saved.map(savedCommand),
  ...catalogue.metrics.map((metric) => metricCommand(place, metric)),
  ...filterCommands(place, catalogue),
  action('Copy link', 'To this very view', 'share address', { kind: 'copy' }),
  action('Print', 'This page on paper, or as PDF', 'pdf paper', { kind: 'print' }),
  action('Light colours', '', 'theme bright day', { kind: 'theme', theme: 'light' }),
  action('Dark colours', '', 'theme night', { kind: 'theme', theme: 'dark' }),
  action('Colours as the system has them', '', 'theme auto', { kind: 'theme', theme: 'system' }),
  action('Keys', 'What the keyboard can do', 'shortcuts help keyboard', { kind: 'keys' }),
  ...(hasTour ? [action('Tour', 'Through the stories of the demo', 'help start first', { kind: 'tour' })] : []),
];

/** How well a command fits one word; null where it does not. Less is better. */
const distance = (command: Command, word: string): number | null => {
  const label = command.label.toLowerCase();
  if (label === word || command.names.some((name) => name.toLowerCase() === word)) return 0;
  if (label.startsWith(word)) return 1;
  if (label.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))) return 2;
  if (command.names.some((name) => name.toLowerCase().includes(word))) return 3;
  if (label.includes(word)) return 4;
  return command.words.toLowerCase().includes(word) ? 6 : null;
};

/** Those that every word fits, the nearest first and otherwise as they stood; all for no word. */
export const findCommands = (commands: readonly Command[], sought: string): readonly Command[] => {
  const text = sought.trim().toLowerCase();
  if (text === '') return commands;
  const words = text.split(/\s+/);
  const scored = commands.flatMap((command) => {
    const parts = words.map((word) => distance(command, word));
    if (parts.some((part) => part === null)) return [];
    // The words as one weigh too: “code accuracy” is first the metric of that name.
    const whole = distance(command, text) ?? 6;
    return [{ command, away: whole + parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) / words.length }];
  });
  return scored.toSorted((a, b) => a.away - b.away).map(({ command }) => command);
};
