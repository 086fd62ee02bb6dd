import type { MixEditor } from '@tutti/workflows';
import type { Session } from '../session.ts';

/** What the commands of the editor work with. */
export interface EditorDesk {
  readonly editor: MixEditor;
  readonly terminal: Session['terminal'];
  /** Aborted by Ctrl-C while a command works. */
  readonly signal: AbortSignal;
  /** Where a mix goes that is rendered without a name; from -o. */
  readonly output: string | undefined;
  /** Analyses files and puts them into the editor's pool; says what fails. */
  listenTo(paths: readonly string[]): Promise<void>;
  /** Renders the plan as it is. */
  render(out: string): Promise<void>;
  /** A line that a person answers with; null when there is nobody. */
  ask(question: string): Promise<string | null>;
  /** Works until it is done, or a person presses Enter. */
  untilEnter(work: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /** A folder that is gone when the editor ends. */
  scratch(): Promise<string>;
}

/** What may stand at a place behind a command, for completion. */
export type ArgumentKind = 'track' | 'join' | 'name' | 'technique' | 'file';

export interface EditorCommand {
  /** The first one is told; the others are short for it. */
  readonly names: readonly [string, ...string[]];
  readonly usage: string;
  readonly does: string;
  readonly takes: readonly ArgumentKind[];
  /** @returns whether the editor ends */
  run(words: readonly string[], desk: EditorDesk): Promise<boolean> | boolean;
}
