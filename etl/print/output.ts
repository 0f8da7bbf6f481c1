import type { ReportFormat } from '../../dashboard/store/report-plan.ts';
import type { UserError } from '../../warehouse/error.ts';

/** How data leaves a command. */
export type Format = 'table' | 'json' | 'csv' | 'parquet' | 'arrow';

export const formats: readonly Format[] = ['table', 'json', 'csv', 'parquet', 'arrow'];

/** Forms that a report comes in; csv is both. */
export const reportFormats: readonly ReportFormat[] = ['pdf', 'html', 'xlsx', 'csv'];

/** Where a stream of the process leads. */
export interface Sink {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(chunk: string | Uint8Array, done?: (error?: Error | null) => void): boolean;
}

/** The two streams of a command: data goes out on stdout alone, words to a person on stderr. */
export interface Output {
  readonly format: Format;
  /** True unless NO_COLOR is set or stdout is no terminal. */
  readonly colour: boolean;
  /** Characters a line may have; null when stdout is no terminal. */
  readonly width: number | null;
  /** True where a bar may be drawn on stderr: a terminal, and nobody asked for quiet. */
  readonly showsProgress: boolean;
  /** Writes data, and returns when it has left. */
  readonly data: (chunk: string | Uint8Array) => Promise<void>;
  /** A sentence for a person, on stderr; nothing under --quiet. */
  readonly say: (sentence: string) => void;
  /** A sentence that must be seen even under --quiet: what failed, and the mend. */
  readonly warn: (sentence: string) => void;
  /** Overwrites the last line of stderr; for bars only. */
  readonly redraw: (line: string) => void;
}

/** An output on two streams, as the environment and the options ask. */
export const makeOutput = (options: {
  readonly format: Format;
  readonly quiet: boolean;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Output => {
  const { stdout, stderr, quiet } = options;
  return {
    format: options.format,
    colour: stdout.isTTY === true && !options.env.NO_COLOR,
    width: stdout.isTTY === true ? (stdout.columns ?? 100) : null,
    showsProgress: stderr.isTTY === true && !quiet,
    data: (chunk) => written(stdout, chunk),
    say: (sentence) => {
      if (!quiet) stderr.write(`${sentence}\n`);
    },
    warn: (sentence) => void stderr.write(`${sentence}\n`),
    redraw: (line) => void stderr.write(`\r\u001b[2K${line}`),
  };
};

const written = (sink: Sink, chunk: string | Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    sink.write(chunk, (error) => {
      // `himsight … | head` closes the pipe early; that is no fault of anybody.
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error);
      else resolve();
    });
  });

/** A person's mistake as text: the sentence, then the mend. */
export const errorText = (error: UserError): string => [error.message, error.mend].filter(Boolean).join('\n');
