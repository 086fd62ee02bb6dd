import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** How one start of the program ended. */
export interface Ended {
  /** Null when it was killed, as for its time. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const SOURCE = join(import.meta.dirname, '../../../apps/cli/src/main.ts');

/**
 * Runs `tutti ARGS` as a process of its own.
 * @param program the packed program's entry; this repository's source when left out
 */
export function runTutti(
  args: readonly string[],
  { program, limitSeconds = 3600 }: { readonly program?: string | undefined; readonly limitSeconds?: number } = {},
): Promise<Ended> {
  const entry = program === undefined ? ['--conditions=@tutti/source', SOURCE] : [program];
  const child = spawn(process.execPath, [...entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 1000 * limitSeconds,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
