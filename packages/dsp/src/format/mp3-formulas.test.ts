import { describe, expect, it } from 'vitest';
import { residualDb } from '../testing/residual.ts';
import { noise } from '../testing/signals.ts';
import { bandsTwin } from './mp3-bands.twin.ts';
import { HYBRID_WINDOWS, hybridTwin, inverseMdctTwin, reduceAliasTwin } from './mp3-hybrid.twin.ts';
import { CODE_TABLES, QUADRUPLE_TABLES } from './mp3-spectrum.twin.ts';
import { SYNTHESIS_WINDOW_TWIN, SynthesisTwin } from './mp3-synthesis.twin.ts';

describe('Huffman tables', () => {
  const tables = [...CODE_TABLES.flatMap((table) => (table ? [table.codes] : [])), ...QUADRUPLE_TABLES];

  it.each(tables)('are complete, and no code begins another (table %#)', (...codes) => {
    // The codes as stretches of [0, 1): they fill it without a gap and without overlapping.
    const stretches = codes.map(({ length, code }) => ({ start: code / 2 ** length, width: 2 ** -length }));
    let end = 0;
    for (const { start, width } of stretches.sort((a, b) => a.start - b.start)) {
      expect(start).toBe(end);
      end = start + width;
    }
    expect(end).toBe(1);
  });
});

describe('scale factor bands', () => {
  it.each([44_100, 48_000, 32_000, 22_050, 24_000, 16_000, 11_025, 12_000, 8000])(
    'at %i Hz hold every line once, in blocks of every kind',
    (rate) => {
      for (const kind of ['long', 'short', 'mixed'] as const) {
        const lines = bandsTwin(rate, kind).flatMap((band) => band.lines);
        expect(lines.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 576 }, (_, i) => i));
      }
    },
  );
});

/** The transform that the inverse one undoes: X[k] = Σ z[i] cos(π / (2n) (2i + 1 + n/2) (2k + 1)). */
function forwardMdct(z: readonly number[]): number[] {
  const n = z.length;
  return Array.from({ length: n / 2 }, (_, k) =>
    z.reduce((sum, x, i) => sum + x * Math.cos((Math.PI / (2 * n)) * (2 * i + 1 + n / 2) * (2 * k + 1)), 0),
  );
}

/** Lines of one subband for 36 samples in block type `type`: short ones as three windows in turn. */
function analyse(samples: readonly number[], type: number): number[] {
  const window = HYBRID_WINDOWS[type]!;
  if (type !== 2) return forwardMdct(samples.map((x, i) => x * window[i]!)).map((x) => x / 9);
  const lines = Array.from({ length: 18 }, () => 0);
  for (let w = 0; w < 3; w++) {
    const short = forwardMdct(samples.slice(6 + 6 * w, 18 + 6 * w).map((x, i) => x * window[i]!));
    for (const [k, x] of short.entries()) lines[3 * k + w] = x / 3;
  }
  return lines;
}

describe('the hybrid filter bank', () => {
  it('turns a unit coefficient into a cosine of its own symmetry and energy', () => {
    for (const n of [12, 36] as const) {
      for (let k = 0; k < n / 2; k++) {
        const unit = Array.from({ length: n / 2 }, (_, i) => (i === k ? 1 : 0));
        // Odd about a quarter of it, even about three quarters.
        const out = inverseMdctTwin(unit, n);
        for (let i = 0; i < n / 2; i++) expect(out[i]! + out[n / 2 - 1 - i]!).toBeCloseTo(0, 12);
        for (let i = 0; i < n / 2; i++) expect(out[n / 2 + i]! - out[n - 1 - i]!).toBeCloseTo(0, 12);
        expect(out.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(n / 2, 12);
      }
    }
  });

  it('gives back what was transformed, through every sequence of windows that fits', () => {
    const types = [0, 0, 1, 2, 2, 3, 0, 1, 2, 3, 1, 2, 3, 0, 0];
    const source = Array.from(noise(18 * (types.length + 1), 5));
    const overlap = new Float64Array(576);
    const out: number[] = [];
    for (const [granule, type] of types.entries()) {
      const lines = new Float64Array(576);
      lines.set(analyse(source.slice(18 * granule, 18 * granule + 36), type));
      for (const slot of hybridTwin(lines, () => type, overlap)) out.push(slot[0]!);
    }
    expect(residualDb(out.slice(18), source.slice(18, 18 * types.length))).toBeLessThan(-280);
  });

  it('negates the odd slots of the odd subbands', () => {
    const lines = new Float64Array(576);
    lines[0] = 1;
    lines[18] = 1;
    const slots = hybridTwin(lines, () => 0, new Float64Array(576));
    expect(slots.map((slot) => Math.sign(slot[0]!) * Math.sign(slot[1]!))).toEqual(
      slots.map((_, i) => (i % 2 === 0 ? 1 : -1)),
    );
  });

  it('reduces aliases by rotations, which keep the energy', () => {
    const lines = Float64Array.from(noise(576, 3));
    const before = lines.reduce((sum, x) => sum + x * x, 0);
    reduceAliasTwin(lines, 31);
    expect(lines.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(before, 10);
  });
});

describe('the polyphase filter bank', () => {
  it('gives back what the encoder’s analysis was given, 481 samples later', () => {
    // The analysis of 11172-3, C.1.3, whose window is C[i] = D[i] / 32.
    const source = noise(32 * 120, 11);
    const x = new Float64Array(512);
    const synthesis = new SynthesisTwin();
    const out: number[] = [];
    for (let slot = 0; slot < 120; slot++) {
      x.copyWithin(32, 0, 480);
      for (let i = 0; i < 32; i++) x[31 - i] = source[32 * slot + i]!;
      const z = x.map((sample, i) => (sample * SYNTHESIS_WINDOW_TWIN[i]!) / 32);
      const y = Array.from({ length: 64 }, (_, i) =>
        [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, j) => sum + z[i + 64 * j]!, 0),
      );
      const subbands = Float64Array.from({ length: 32 }, (_, k) =>
        y.reduce((sum, value, i) => sum + Math.cos(((2 * k + 1) * (i - 16) * Math.PI) / 64) * value, 0),
      );
      out.push(...synthesis.slot(subbands));
    }
    // By its design the bank is perfect up to about -84 dB (a ripple of less than 0.001 dB): wrong upper digits of a
    // window's value are found here, wrong last ones beside ffmpeg.
    expect(residualDb(out.slice(1000), source.slice(1000 - 481, out.length - 481))).toBeLessThan(-84);
  });

  it('keeps a tone in its subband, but for the image in the one beside it', () => {
    const synthesis = new SynthesisTwin();
    const out: number[] = [];
    for (let slot = 0; slot < 200; slot++) {
      const subbands = new Float64Array(32);
      subbands[10] = Math.cos((Math.PI / 4) * slot);
      out.push(...synthesis.slot(subbands));
    }
    /** dB of the tone at `place` subbands. */
    const levelAt = (place: number) => {
      const part = out.slice(1024, 1024 + 4096);
      const re = part.reduce((sum, x, i) => sum + x * Math.cos((Math.PI * place * i) / 32), 0);
      const im = part.reduce((sum, x, i) => sum + x * Math.sin((Math.PI * place * i) / 32), 0);
      return 20 * Math.log10((2 * Math.hypot(re, im)) / part.length);
    };
    // Tone and image share the power of the subband.
    expect(10 ** (levelAt(10.25) / 10) + 10 ** (levelAt(9.75) / 10)).toBeCloseTo(1, 3);
    expect(levelAt(9.75)).toBeLessThan(-20);
    // The stop band of the prototype: more than 96 dB down.
    for (let k = 0; k < 32; k++) {
      for (const place of [k + 0.25, k + 0.75]) {
        if (place !== 10.25 && place !== 9.75) expect(levelAt(place)).toBeLessThan(-96);
      }
    }
  });
});
