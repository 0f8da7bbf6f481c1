import { hostname } from 'node:os';
import { basename } from 'node:path';
import type { Workspace } from '../workspace/workspace.ts';
import type { News } from './news.ts';

/** What one notification says: as a mail, and as the JSON a webhook is sent. */
export interface Message {
  readonly subject: string;
  readonly text: string;
  /** Field names are stable; a field may be added, none is renamed. `text` is what chat systems show. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** The message that tells several news at once; for a person at 7 in the morning. No value of a row stands in it. */
export const messageOf = (workspace: Workspace, news: readonly News[], now: Date): Message => {
  const headlines = headlinesOf(news);
  const what = headlines.length === 1 ? headlines.join('') : `${headlines.length} things: ${headlines.join('; ')}`;
  const text = news.map((one) => paragraph(workspace, one)).join('\n\n');
  return message(workspace, what, text, news, now);
};

/** A message that says nothing but that messages come through. */
export const testMessage = (workspace: Workspace, now: Date): Message =>
  message(workspace, 'a test', 'Messages of this workspace come through. Nothing is wrong.', [], now);

const message = (workspace: Workspace, what: string, text: string, news: readonly News[], now: Date): Message => {
  const name = basename(workspace.folder);
  const subject = `Himsight ${name}: ${what}`;
  const whole = `${text}\n\nWorkspace ${workspace.folder} on ${hostname()}.\n`;
  return {
    subject,
    text: whole,
    json: {
      ...{
        version: 1,
        product: 'himsight',
        workspace: name,
        host: hostname(),
        at: now.toISOString(),
        subject,
        text: whole,
      },
      news: news.map(({ state, trouble: { id, kind, source, about, since, says, mend, command, run } }) => ({
        ...{ id, kind, state, source, ...(about === undefined ? {} : { about }), since, says, mend, command, run },
      })),
    },
  };
};

/** By kind, of the source, the check, the alert or the report it is about. */
type Words = Readonly<Record<News['trouble']['kind'], (about: string) => string>>;

const begun: Words = {
  failure: () => 'a run failed',
  held: (source) => `${source} is held`,
  late: (source) => `${source} is late`,
  check: (id) => (id === '' ? 'a check keeps the release back' : `check ${id} fails`),
  alert: (name) => `alert “${name}” fires`,
  report: (name) => `report “${name}” fails`,
};

const over: Words = {
  failure: () => 'runs get to their end again',
  held: (source) => `${source} lands again`,
  late: (source) => `${source} is no longer late`,
  check: (id) => (id === '' ? 'the release is published again' : `check ${id} no longer fails`),
  alert: (name) => `alert “${name}” no longer fires`,
  report: (name) => `report “${name}” no longer fails`,
};

/** The check that fails in a published release; empty where none does. */
const checkOf = ({ id }: News['trouble']): string => /^check:(.*)$/.exec(id)?.[1] ?? '';

const headline = ({ state, trouble }: News): string => {
  const about = trouble.about ?? trouble.source ?? checkOf(trouble);
  if (state === 'ends') return over[trouble.kind](about);
  return `${begun[trouble.kind](about)}${state === 'lasts' ? ' still' : ''}`;
};

/** Checks that do so together are named up to this many, and counted beyond: each has a paragraph of its own all the same. */
const NAMED_CHECKS = 3;

const headlinesOf = (news: readonly News[]): readonly string[] => {
  const words = { begins: 'checks fail', lasts: 'checks fail still', ends: 'checks no longer fail' };
  const isCheck = (one: News): boolean => checkOf(one.trouble) !== '';
  const groups = [...Map.groupBy(news.filter(isCheck), ({ state }) => state)];
  return [
    ...news.filter((one) => !isCheck(one)).map(headline),
    ...groups.flatMap(([state, same]) =>
      same.length > NAMED_CHECKS ? [`${same.length} ${words[state]}`] : same.map(headline),
    ),
  ];
};

const paragraph = (workspace: Workspace, news: News): string => {
  const { state, trouble } = news;
  const since = trouble.since === null ? null : sinceText(workspace, trouble.source, trouble.since);
  const title = headline(news).replace(/^[a-z]/, (letter) => (trouble.source === null ? letter.toUpperCase() : letter));
  if (state === 'ends')
    return `${title}.${since === null ? '' : ` It was told of on ${since}.`} Nothing is to be done.`;
  return [
    `${title}${since === null ? '' : `, since ${since}`}.`,
    trouble.says,
    trouble.mend,
    `More: npx himsight ${trouble.command} --workspace ${quoted(workspace.folder)}`,
  ].join('\n');
};

/** By the clock of the source, else of the first source: that is the steward's. */
const sinceText = ({ sources }: Workspace, id: string | null, instant: string): string => {
  const timeZone = (sources.find((source) => source.id === id) ?? sources[0])?.timezone ?? 'UTC';
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  return `${new Intl.DateTimeFormat('en-GB', { ...options, ...time }).format(new Date(instant))} (${timeZone})`;
};

const quoted = (path: string): string =>
  /^[\w@%+=:,./\\-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
