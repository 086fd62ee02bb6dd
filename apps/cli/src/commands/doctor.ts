import { applyConfiguration, examine, type Finding, readConfiguration } from '@tutti/workflows';
import { Command } from 'commander';
import { EXIT } from '../exit-code.ts';
import type { Action } from '../session.ts';

interface Options {
  readonly json?: boolean;
}

const MARK: Readonly<Record<Finding['status'], string>> = { ok: 'ok', warning: 'warning', error: 'ERROR' };

const run: Action<Options> = async (_args, { json }, { terminal }) => {
  const { path, hasFile, settings, problems } = readConfiguration();
  if (problems.length === 0) applyConfiguration();
  const findings: Finding[] = [
    ...(await examine()),
    problems.length === 0
      ? { name: 'settings', status: 'ok', detail: hasFile ? `of ${path}` : `as they are; ${path} would be read` }
      : {
          name: 'settings',
          status: 'error',
          detail: problems.join('; '),
          advice: 'nothing else starts before it is right',
        },
  ];
  if (json) terminal.result(JSON.stringify({ schema: 'tutti.doctor/1', findings, settings }));
  else {
    for (const { name, status, detail, advice } of findings) {
      const colour = status === 'ok' ? 'green' : status === 'warning' ? 'yellow' : 'red';
      terminal.result(`${terminal.style(colour, MARK[status].padEnd(8))} ${name.padEnd(9)} ${detail}`);
      if (advice) terminal.result(`${' '.repeat(19)}${advice}`);
    }
    for (const { name, environment, value, source } of settings) {
      const from =
        source === 'environment' ? environment : source === 'file' ? path : `default; ${environment} sets it`;
      terminal.result(`${' '.repeat(19)}${name} = ${value ?? 'none'}  (${from})`);
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
