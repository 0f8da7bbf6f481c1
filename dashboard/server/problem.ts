import type { UserError } from '../../warehouse/error.ts';

/** What a problem says beside its status. */
export interface ProblemText {
  readonly title: string;
  /** A sentence for a person: what is wrong and what would be right. */
  readonly detail: string;
}

/** A problem details body (RFC 9457) as the whole response; never stored by a cache. */
export const problem = (status: number, text: ProblemText): Response =>
  new Response(JSON.stringify({ type: 'about:blank', status, ...text }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });

/** A person's mistake as 400, with the sentence and the mend it carries. */
export const userProblem = (error: UserError, status = 400): Response =>
  problem(status, {
    title: status === 404 ? 'There is no such thing here' : 'The request cannot be answered as it stands',
    detail: [error.message, error.mend].filter(Boolean).join(' '),
  });

/** Before the first release: health checks and pages wait for it. */
export const notServing = (): Response =>
  problem(503, {
    title: 'No release yet',
    detail:
      'No release of the warehouse is published yet; `himsight run` makes one, and this server picks it up by itself.',
  });
