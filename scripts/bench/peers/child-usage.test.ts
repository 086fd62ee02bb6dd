import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { programOnPath, usageOf } from './child-usage.ts';

const scratch = mkdtempSync(join(tmpdir(), 'tutti-usage-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Works until it has used so many milliseconds of the processor, however long that takes. */
const burn = (milliseconds: number) =>
  `const start = process.cpuUsage().user; while (process.cpuUsage().user - start < ${1000 * milliseconds});`;
const node = (script: string) => usageOf([process.execPath, '-e', script], scratch);

describe.runIf(programOnPath('bash'))('usageOf', () => {
  it('counts what the program and those it waited for used', () => {
    expect(node(burn(300)).cpuSeconds).toBeGreaterThanOrEqual(0.3);
    const inner = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(burn(200))}]);`;
    expect(node(`${inner}${burn(200)}`).cpuSeconds).toBeGreaterThanOrEqual(0.4);
  });

  it.runIf(programOnPath('time'))('knows the largest memory of the program, without that of this process', () => {
    const small = node('').peakMebibytes!;
    const large = node('new Uint8Array(3e8).fill(1)').peakMebibytes!;
    expect(large - small).toBeGreaterThan(3e8 / 2 ** 20 - 20);
    const own = new Uint8Array(3e8).fill(1);
    expect(node('').peakMebibytes).toBeLessThan(small + 50 * own[0]!);
  });

  it('hands over what was printed on both ways and the exit status', () => {
    const { output, status } = node(`console.log('there'); console.error('here'); process.exit(3)`);
    expect(output).toContain('there');
    expect(output).toContain('here');
    expect(status).toBe(3);
  });

  it('says which programs there are', () => {
    expect(programOnPath('bash')).toMatch(/bash$/);
    expect(programOnPath('no-such-program-anywhere')).toBeUndefined();
  });
});
