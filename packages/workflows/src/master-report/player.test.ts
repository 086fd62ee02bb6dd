import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { player } from './player.ts';
import { PLAYER_SCRIPT } from './player-script.ts';

const span = { startSeconds: 62, endSeconds: 92, reason: 'the <loudest>' };
const page = player({
  span,
  before: { flac: Uint8Array.of(102, 76, 97, 67), gainDb: 0 },
  after: { flac: Uint8Array.of(1, 2, 3), gainDb: -3.25 },
});

describe('player', () => {
  it('holds both sounds with their gains, and says which one is turned down', () => {
    expect(page).toContain('id="sound-before" data-gain-db="0.000">ZkxhQw==</script>');
    expect(page).toContain('id="sound-after" data-gain-db="-3.250">AQID</script>');
    expect(page).toMatch(
      /1:02 to 1:32 before and after, equally loud: after is turned down by 3.3 dB; the &lt;loudest&gt;/,
    );
  });

  it('has a script that parses, ends where it should, and finds every element that it asks for', () => {
    expect(() => new Script(PLAYER_SCRIPT)).not.toThrow();
    expect(PLAYER_SCRIPT).not.toContain('</');
    for (const id of ['play', 'position', 'time', 'hear-before', 'hear-after', 'sound-before', 'sound-after'])
      expect(page).toContain(`id="${id}"`);
  });
});
