import { failureOf } from '@tutti/workflows';
import { Command, CommanderError, Option } from 'commander';
import { EXIT, type ExitCode, UsageError } from './exit-code.ts';
import type { Action } from './session.ts';
import { Terminal } from './terminal/terminal.ts';
import { version } from './version.ts';

interface GlobalOptions {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color: boolean;
}

/** A command as commander knows it, and what it does. */
interface CommandOfTutti {
  readonly command: Command;
  readonly run: Action<never>;
}

/** Each is loaded when it may be meant: a command does not wait for what only another one needs. */
const COMMANDS: Readonly<Record<string, () => Promise<CommandOfTutti>>> = {
  analyse: async () => (await import('./commands/analyse.ts')).analyseCommand(),
  plan: async () => (await import('./commands/plan.ts')).planCommand(),
  mix: async () => (await import('./commands/mix.ts')).mixCommand(),
  similar: async () => (await import('./commands/similar.ts')).similarCommand(),
  duplicates: async () => (await import('./commands/duplicates.ts')).duplicatesCommand(),
  path: async () => (await import('./commands/similar.ts')).pathCommand(),
  balance: async () => (await import('./commands/balance.ts')).balanceCommand(),
  master: async () => (await import('./commands/master.ts')).masterCommand(),
  export: async () => (await import('./commands/export.ts')).exportCommand(),
  preset: async () => (await import('./commands/preset.ts')).presetCommand(),
  backup: async () => (await import('./commands/backup.ts')).backupCommand(),
  restore: async () => (await import('./commands/restore.ts')).restoreCommand(),
  demo: async () => (await import('./commands/demo.ts')).demoCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
};

/** The one that `name` names, or all of them. */
function commandsFor(name: string | undefined): Promise<CommandOfTutti[]> {
  const named = Object.entries(COMMANDS).filter(([known]) => known === name);
  return Promise.all((named.length > 0 ? named : Object.entries(COMMANDS)).map(([, load]) => load()));
}

/** Attaches an action: makes the session, turns Ctrl-C into an abort, and keeps the exit code. */
function act<Options>(command: Command, run: Action<Options>, finish: (code: ExitCode) => void): void {
  command
    .addOption(new Option('--quiet', 'say nothing but results, warnings and failures').conflicts('verbose'))
    .option('--verbose', 'say more')
    .option('--no-color', 'no colours (also by the environment variable NO_COLOR)')
    .action(async (...actionArgs: unknown[]) => {
      const options = command.opts<Options & GlobalOptions>();
      const colour = options.color && !process.env['NO_COLOR'] && process.stderr.isTTY === true;
      const terminal = new Terminal(options.quiet ? 'quiet' : options.verbose ? 'verbose' : 'normal', colour);
      const paths = actionArgs.slice(0, -2).flat() as string[];
      const abort = new AbortController();
      const cancel = () => {
        if (abort.signal.aborted) process.exit(EXIT.cancelled);
        terminal.progress('');
        terminal.say('stopping (Ctrl-C again to stop at once)');
        abort.abort();
      };
      process.on('SIGINT', cancel).on('SIGTERM', cancel);
      try {
        finish(await run(paths, options, { terminal, signal: abort.signal }));
      } catch (error) {
        terminal.progress('');
        if (abort.signal.aborted) finish(EXIT.cancelled);
        else if (error instanceof UsageError) {
          terminal.complain(`tutti ${command.name()}: ${error.message}`);
          finish(EXIT.wrongUse);
        } else {
          terminal.complain(`tutti ${command.name()}: ${error instanceof Error ? error.message : String(error)}`);
          if (error instanceof Error && error.stack) terminal.detail(error.stack);
          finish(failureOf(error).needs === undefined ? EXIT.itemsFailed : EXIT.programMissing);
        }
      } finally {
        process.off('SIGINT', cancel).off('SIGTERM', cancel);
      }
    });
}

function buildProgram(commands: readonly CommandOfTutti[], finish: (code: ExitCode) => void): Command {
  const program = new Command('tutti')
    .description('From a folder of music to a finished mix.')
    .version(version)
    .showHelpAfterError('(tutti --help, or tutti COMMAND --help, shows what there is)')
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit codes: 0 all done, 1 some items failed, 2 wrong use, 3 a needed program is missing, 130 cancelled',
    );
  for (const { command, run } of commands) {
    act(command, run, finish);
    program.addCommand(command.exitOverride());
  }
  return program;
}

/** Runs `tutti ARGS` and gives the exit code. */
export async function runTutti(args: readonly string[]): Promise<ExitCode> {
  // A reader that goes away (`tutti analyse … | head`) is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
  let code: ExitCode = EXIT.done;
  const program = buildProgram(await commandsFor(args[0]), (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
  }
  return code;
}
