import { kernelTables } from '../testing/kernel-tables.ts';

const FIRST_HALF = kernelTables('format/mp3-window.data.ts').get('SYNTHESIS_WINDOW')!;

/** D[0] to D[511] (ISO/IEC 11172-3, table B.3). */
export const SYNTHESIS_WINDOW_TWIN: readonly number[] = Array.from({ length: 512 }, (_, i) => {
  if (i <= 256) return FIRST_HALF[i]! / 65_536;
  return ((i % 64 === 0 ? 1 : -1) * FIRST_HALF[512 - i]!) / 65_536;
});

const MATRIX = Array.from({ length: 64 }, (_, i) =>
  Float64Array.from({ length: 32 }, (_, k) => Math.cos(((16 + i) * (2 * k + 1) * Math.PI) / 64)),
);

/** The polyphase synthesis of one channel, slot by slot (2.4.3.2.2, figure A.2). */
export class SynthesisTwin {
  readonly #v = new Float64Array(1024);

  /** 32 samples of 32 subband samples. */
  slot(subbands: Float64Array): number[] {
    const v = this.#v;
    v.copyWithin(64, 0, 960);
    for (const [i, row] of MATRIX.entries()) {
      let sum = 0;
      for (let k = 0; k < 32; k++) sum += row[k]! * subbands[k]!;
      v[i] = sum;
    }
    return Array.from({ length: 32 }, (_, j) => {
      let sum = 0;
      for (let i = 0; i < 8; i++) {
        sum += v[128 * i + j]! * SYNTHESIS_WINDOW_TWIN[64 * i + j]!;
        sum += v[128 * i + 96 + j]! * SYNTHESIS_WINDOW_TWIN[64 * i + 32 + j]!;
      }
      return sum;
    });
  }
}
