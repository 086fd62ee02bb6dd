import { type Filter, FilterError, parseFilter, pointedAt } from '@tutti/workflows';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** Reads a filter in words. @throws InvalidArgumentError that points at the place */
export function readFilter(text: string): Filter {
  try {
    return parseFilter(text);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    throw new InvalidArgumentError(`${error.message}\n${pointedAt(text, error)}`);
  }
}

/** Adds the option that says in words which tracks are meant. */
export function addFilterOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--filter <terms>',
      'only tracks that these terms mean: "bpm:120-128 key:8A..10A energy>=6 -artist:abba"',
    ).argParser(readFilter),
  );
}
