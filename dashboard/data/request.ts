/** What the server said went wrong, as a sentence for the page. `status` 0: the server was not reached at all. */
export class RequestError extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
  }
}

const sentence = async (response: Response): Promise<string> => {
  const problem = (await response.json().catch(() => null)) as { detail?: string; title?: string } | null;
  return problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`;
};

/** @throws RequestError with the server's own sentence */
export const send = async (path: string, init: RequestInit): Promise<Response> => {
  const response = await fetch(path, init).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause;
    throw new RequestError('The server cannot be reached; it may be stopped or starting.', 0);
  });
  if (!response.ok) throw new RequestError(await sentence(response), response.status);
  return response;
};

/** The JSON at an address. @throws RequestError */
export const get = async <T>(path: string, signal: AbortSignal): Promise<T> => {
  const response = await send(path, { signal, headers: { accept: 'application/json' } });
  return (await response.json()) as T;
};
