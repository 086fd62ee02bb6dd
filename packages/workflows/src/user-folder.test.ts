import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { userFolder } from './user-folder.ts';

describe('userFolder', () => {
  it.each([
    ['linux', {}, join(homedir(), '.local/share/tutti')],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/tutti'],
    ['darwin', {}, join(homedir(), 'Library/Application Support/Tutti')],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Tutti'],
    ['linux', { TUTTI_HOME: '/mine', XDG_DATA_HOME: '/data' }, '/mine'],
  ] as const)('is where %s keeps such data, with %o', (platform, environment, folder) => {
    expect(userFolder(environment, platform)).toBe(folder);
  });
});
