import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where a person's settings are: TUTTI_CONFIG, else in TUTTI_HOME, else where the system keeps settings.
 * Source: XDG Base Directory Specification 0.8; Apple File System Programming Guide; Windows Known Folders.
 */
export function configurationPath(environment: NodeJS.ProcessEnv, platform = process.platform): string {
  if (environment['TUTTI_CONFIG']) return environment['TUTTI_CONFIG'];
  return join(configurationFolder(environment, platform), 'config.json');
}

function configurationFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (environment['TUTTI_HOME']) return environment['TUTTI_HOME'];
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Tutti');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Tutti');
  return join(environment['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'tutti');
}
