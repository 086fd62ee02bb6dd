import { applyConfiguration, ConfigurationError, failureOf } from '@tutti/workflows';
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
export interface CommandOfTutti {
  readonly command: Command;
  readonly run: Action<never>;
}

/** Commands by name, each loaded when it may be meant: a command does not wait for what only another one needs. */
export type Commands = Readonly<Record<string, () => CommandOfTutti | Promise<CommandOfTutti>>>;

/** The one that `name` names, or all of them; the version is told without any. */
async function commandsFor(commands: Commands, name: string | undefined): Promise<CommandOfTutti[]> {
  if (name === '--version' || name === '-V') return [];
  const named = Object.entries(commands).filter(([known]) => known === name);
  return Promise.all((named.length > 0 ? named : Object.entries(commands)).map(([, load]) => load()));
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
        // The doctor tells what is wrong with the settings instead of stopping at it.
        if (command.name() !== 'doctor') applyConfiguration();
        finish(await run(paths, options, { terminal, signal: abort.signal }));
      } catch (error) {
        terminal.progress('');
        if (abort.signal.aborted) finish(EXIT.cancelled);
        else if (error instanceof UsageError || error instanceof ConfigurationError) {
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
export async function runTutti(args: readonly string[], commands: Commands): Promise<ExitCode> {
  // A reader that goes away (`tutti analyse … | head`) is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
  let code: ExitCode = EXIT.done;
  const program = buildProgram(await commandsFor(commands, args[0]), (ended) => {
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
