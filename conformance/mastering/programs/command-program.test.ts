import { describe, expect, it } from 'vitest';
import { parseCommandProgram } from './command-program.ts';

describe('parseCommandProgram', () => {
  it('reads a name and a command, which may hold further equals signs', () => {
    const { name, about } = parseCommandProgram('mine=tutti master {in} --loudness={lufs} -o {out}');
    expect([name, about]).toEqual(['mine', 'tutti master {in} --loudness={lufs} -o {out}']);
  });

  it('refuses what it could not run', () => {
    expect(() => parseCommandProgram('tutti master {in}')).toThrow(/not name=command/);
    expect(() => parseCommandProgram('mine=tutti master {in}')).toThrow(/where \{out\} goes/);
  });
});
