import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { type EffectiveSetting, SETTINGS, type Setting, type SettingName } from '@tutti/contract';
import { failureOf } from '../failure.ts';
import { userFolder } from '../user-folder.ts';
import { configurationPath } from './configuration-file.ts';

/** As long as jobs that have ended are known. */
export const RESULTS_DAYS = 30;

type Values = Partial<Record<SettingName, string | number>>;

/** The settings as they are in force, and what is wrong with those that cannot be. */
export interface Configuration {
  readonly path: string;
  /** Whether there is a file at `path`. */
  readonly hasFile: boolean;
  /** What was set; defaults are not in it. */
  readonly set: Values;
  /** Every setting, fit to be shown. */
  readonly settings: readonly EffectiveSetting[];
  /** A sentence each: name, value, what is allowed. */
  readonly problems: readonly string[];
}

const NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** Settings that this process took out of the file into its environment, by their variables. */
const taken = new Map<string, string>();

/** Reads the settings: the environment counts most, then the file. An empty variable is none. */
export function readConfiguration(environment: NodeJS.ProcessEnv = process.env): Configuration {
  const path = configurationPath(environment);
  const { content, problems } = readFile(path);
  const set: Values = {};
  const sources: Partial<Record<SettingName, EffectiveSetting['source']>> = {};
  for (const name of NAMES) {
    const setting: Setting<string> | Setting<number> = SETTINGS[name];
    const text = environment[setting.environment];
    const fromEnvironment = text !== undefined && text !== '' && taken.get(setting.environment) !== text;
    const given: unknown = fromEnvironment ? (setting.numeric ? numberOf(text) : text) : content?.[name];
    if (given === undefined) continue;
    const { data, success } = setting.value.safeParse(given);
    const where = fromEnvironment ? `the environment variable ${setting.environment}` : `"${name}" in ${path}`;
    if (!success) problems.push(`${where} is ${shown(setting, given)}, and must be ${setting.allowed}`);
    else {
      set[name] = data;
      sources[name] = fromEnvironment ? 'environment' : 'file';
    }
  }
  for (const name of Object.keys(content ?? {})) {
    if (!NAMES.some((known) => known === name)) {
      problems.push(`"${name}" in ${path} is no setting; there are ${NAMES.join(', ')}`);
    }
  }
  const settings = NAMES.map((name): EffectiveSetting => {
    const setting: Setting<string> | Setting<number> = SETTINGS[name];
    const value = set[name];
    return {
      ...{ name, environment: setting.environment, source: sources[name] ?? 'default' },
      value: value === undefined ? defaultOf(name, set, environment) : fitToShow(setting, value),
    };
  });
  return { path, hasFile: content !== undefined, set, settings, problems };
}

/**
 * Puts what the file says into the environment of this process, which is where threads and the rooms below look.
 * @throws ConfigurationError when a setting cannot be
 */
export function applyConfiguration(): Configuration {
  const configuration = readConfiguration();
  if (configuration.problems.length > 0) throw new ConfigurationError(configuration.problems.join('; '));
  for (const { name, environment, source } of configuration.settings) {
    if (source !== 'file') continue;
    const text = String(configuration.set[name as SettingName]);
    process.env[environment] = text;
    taken.set(environment, text);
  }
  return configuration;
}

/** What is set cannot be: nothing is begun. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly kind = 'unsupported';
}

function readFile(path: string): { content: Record<string, unknown> | undefined; problems: string[] } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const absent = code === 'ENOENT' || code === 'ENOTDIR';
    return {
      content: undefined,
      problems: absent ? [] : [`the settings in ${path} cannot be read: ${failureOf(error).message}`],
    };
  }
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) {
      return { content: { ...content }, problems: [] };
    }
    return { content: undefined, problems: [`${path} must hold an object of settings`] };
  } catch (error) {
    return { content: undefined, problems: [`${path} is no JSON: ${failureOf(error).message}`] };
  }
}

function numberOf(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

function shown(setting: Setting<unknown>, value: unknown): string {
  return setting.secret ? 'not what it should be (its value is not shown)' : JSON.stringify(value);
}

function fitToShow({ secret }: Setting<unknown>, value: string | number): string | number {
  if (secret === undefined) return value;
  return secret === 'whole' ? '***' : redacted(String(value));
}

/** An address without its password, wherever that stands. */
function redacted(address: string): string {
  try {
    const url = new URL(address);
    if (url.password !== '') url.password = '***';
    for (const name of ['password', 'sslpassword']) if (url.searchParams.has(name)) url.searchParams.set(name, '***');
    return url.href;
  } catch {
    return '***';
  }
}

function defaultOf(name: SettingName, set: Values, environment: NodeJS.ProcessEnv): string | number | null {
  const home = set.home === undefined ? userFolder(environment) : String(set.home);
  switch (name) {
    case 'home':
      return home;
    case 'results':
      return join(home, 'results');
    case 'resultsDays':
      return RESULTS_DAYS;
    case 'workerCores':
      return availableParallelism();
    case 'workerMemoryGib':
      return Math.round((0.75 * totalmem()) / 2 ** 30 / 0.01) * 0.01;
    case 'ffmpeg':
      return 'ffmpeg';
    case 'databaseUrl':
    case 'publicUrl':
    case 'resultsGib':
    case 'traces':
      return null;
    case 'secret':
      return 'a file in the folder';
  }
}
