import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where a person's own things are kept: TUTTI_HOME, or where the system keeps such data.
 * Source: XDG Base Directory Specification 0.8; Apple File System Programming Guide; Windows Known Folders.
 */
export function userFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (environment['TUTTI_HOME']) return environment['TUTTI_HOME'];
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Tutti');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Tutti');
  return join(environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'tutti');
}
