import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What every command is given: the terminal, and a signal that Ctrl-C aborts. */
export interface Session {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** What a command does. Results go to the terminal; the exit code says how it ended. */
export type Action<Options> = (args: readonly string[], options: Options, session: Session) => Promise<ExitCode>;
