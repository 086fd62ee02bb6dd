import { composeSong, type SectionSpec, STYLE_NAMES } from '@tutti/demo-songs';
import { Kernels } from '@tutti/dsp';
import { analyseClip } from '@tutti/music/analysis';
import { keyOf, tonicOf } from '@tutti/music/theory';
import { describe, expect, it } from 'vitest';
import { modulatingSong, songOfRow } from './composed-key.ts';

const kernels = new Kernels();
const SHORT: readonly SectionSpec[] = [
  { label: 'verse', bars: 8 },
  { label: 'chorus', bars: 8 },
];
const DRUMMED: readonly SectionSpec[] = [{ label: 'chorus', bars: 6 }];

describe('the key of composed songs', () => {
  it.each([-45, -20, 45])('is heard %i cents off', (cents) => {
    const spec = { ...songOfRow(7, 0), arrangement: SHORT, tuningHz: 440 * 2 ** (cents / 1200) };
    const { key } = analyseClip(kernels, composeSong(spec, { sampleRate: 22_050 }).clip);
    expect({ tonic: key.tonic, mode: key.mode }).toEqual(spec.key);
    expect(Math.abs(1200 * Math.log2(key.tuningHz! / 440) - cents)).toBeLessThan(5);
  });

  it.each(STYLE_NAMES.map((name, i) => [name, i] as const))('is none for the drums of %s alone', (_, number) => {
    const spec = { ...songOfRow(number, 0), arrangement: DRUMMED };
    const { stems } = composeSong(spec, { sampleRate: 22_050, stems: true });
    const { key, warnings } = analyseClip(kernels, stems!.drums);
    expect(key.tonic).toBeNull();
    expect(key.confidence).toBe(0);
    expect(warnings.join('\n')).toMatch(/fit a key/);
  });

  it('changes where the song changes', () => {
    const spec = { ...songOfRow(9, 0), arrangement: SHORT };
    const later = keyOf(tonicOf(spec.key) + 2, spec.key.mode);
    const { clip, joint } = modulatingSong(spec, later);
    const { sections } = analyseClip(kernels, clip).key;
    expect(sections).toMatchObject([spec.key, later]);
    expect(Math.abs(sections![1]!.start - joint)).toBeLessThan(4);
  });
});
