import { examine, type Finding } from '@tutti/workflows';
import { Command } from 'commander';
import { EXIT } from '../exit-code.ts';
import type { Action } from '../session.ts';

interface Options {
  readonly json?: boolean;
}

const MARK: Readonly<Record<Finding['status'], string>> = { ok: 'ok', warning: 'warning', error: 'ERROR' };

const run: Action<Options> = async (_args, { json }, { terminal }) => {
  const findings = await examine();
  if (json) terminal.result(JSON.stringify({ schema: 'tutti.doctor/1', findings }));
  else {
    for (const { name, status, detail, advice } of findings) {
      const colour = status === 'ok' ? 'green' : status === 'warning' ? 'yellow' : 'red';
      terminal.result(`${terminal.style(colour, MARK[status].padEnd(8))} ${name.padEnd(9)} ${detail}`);
      if (advice) terminal.result(`${' '.repeat(19)}${advice}`);
    }
  }
  return findings.some(({ status }) => status === 'error') ? EXIT.programMissing : EXIT.done;
};

export function doctorCommand() {
  const command = new Command('doctor')
    .description('shows what is installed, what works, and what to do about what does not')
    .option('--json', 'one JSON document on stdout');
  return { command, run: run as Action<never> };
}
