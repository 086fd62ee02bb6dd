import { DspError } from '../errors.ts';
import { PEAK_BANDS, type PeakLevel, type WaveformPeaks } from './band-peaks.ts';

// docs/formats/peaks.md describes the bytes.
const MAGIC = 0x4b505454;
const VERSION = 1;
const HEADER_BYTES = 24;
const LEVEL_BYTES = 8;
const MOST_LEVELS = 16;
const HIGHEST_SAMPLE_RATE = 1_000_000;

/** The bytes of a peaks file, little-endian, as docs/formats/peaks.md describes them. */
export function peaksToBytes({ sampleRate, frames, lowHz, highHz, levels }: WaveformPeaks): Uint8Array<ArrayBuffer> {
  const head = HEADER_BYTES + LEVEL_BYTES * levels.length;
  const bytes = new Uint8Array(levels.reduce((sum, { values }) => sum + values.length, head));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, VERSION, true);
  view.setUint8(6, PEAK_BANDS);
  view.setUint8(7, levels.length);
  view.setUint32(8, sampleRate, true);
  view.setBigUint64(12, BigInt(frames), true);
  view.setUint16(20, lowHz, true);
  view.setUint16(22, highHz, true);
  let at = head;
  levels.forEach(({ framesPerBin, values }, i) => {
    view.setUint32(HEADER_BYTES + LEVEL_BYTES * i, framesPerBin, true);
    view.setUint32(HEADER_BYTES + LEVEL_BYTES * i + 4, values.length / PEAK_BANDS, true);
    bytes.set(values, at);
    at += values.length;
  });
  return bytes;
}

/**
 * Reads a peaks file. The values are views of `bytes`, not copies. Nothing is allocated by what the file claims: every
 * size is checked against the bytes that there are.
 * @throws DspError 'corrupt' naming what is wrong, and what would be right
 */
export function parsePeaks(bytes: Uint8Array<ArrayBuffer>): WaveformPeaks {
  requireThat(bytes.length >= HEADER_BYTES, `it has ${bytes.length} bytes; the header alone takes ${HEADER_BYTES}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  requireThat(view.getUint32(0, true) === MAGIC, 'it does not begin with "TTPK"');
  const version = view.getUint16(4, true);
  requireThat(version === VERSION, `it is of version ${version}; version ${VERSION} is known`);
  const bands = view.getUint8(6);
  requireThat(bands === PEAK_BANDS, `it has ${bands} bands; there are ${PEAK_BANDS}`);
  const levelCount = view.getUint8(7);
  requireThat(levelCount >= 1 && levelCount <= MOST_LEVELS, `it has ${levelCount} levels; 1 to ${MOST_LEVELS} may be`);
  const sampleRate = view.getUint32(8, true);
  requireThat(
    sampleRate >= 1 && sampleRate <= HIGHEST_SAMPLE_RATE,
    `its sample rate is ${sampleRate}; it must be between 1 and ${HIGHEST_SAMPLE_RATE}`,
  );
  const frames = Number(view.getBigUint64(12, true));
  requireThat(Number.isSafeInteger(frames), `it claims ${frames} frames`);
  const lowHz = view.getUint16(20, true);
  const highHz = view.getUint16(22, true);
  requireThat(lowHz > 0 && lowHz < highHz, `its crossovers are at ${lowHz} and ${highHz} Hz`);
  return { sampleRate, frames, lowHz, highHz, levels: parseLevels(bytes, view, levelCount, frames) };
}

function parseLevels(bytes: Uint8Array<ArrayBuffer>, view: DataView, count: number, frames: number): PeakLevel[] {
  let at = HEADER_BYTES + LEVEL_BYTES * count;
  requireThat(bytes.length >= at, `it ends within its ${count} levels`);
  const levels: PeakLevel[] = [];
  for (let i = 0; i < count; i++) {
    const framesPerBin = view.getUint32(HEADER_BYTES + LEVEL_BYTES * i, true);
    const bins = view.getUint32(HEADER_BYTES + LEVEL_BYTES * i + 4, true);
    const finer = levels.at(-1)?.framesPerBin ?? 0;
    requireThat(framesPerBin > finer, `level ${i} has ${framesPerBin} frames a bin, the one before it ${finer}`);
    const right = Math.ceil(frames / framesPerBin);
    requireThat(bins === right, `level ${i} has ${bins} bins; ${frames} frames make ${right}`);
    const end = at + PEAK_BANDS * bins;
    requireThat(end <= bytes.length, `level ${i} ends at byte ${end}; the file has ${bytes.length}`);
    levels.push({ framesPerBin, values: bytes.subarray(at, end) });
    at = end;
  }
  requireThat(at === bytes.length, `${bytes.length - at} bytes follow its last level`);
  return levels;
}

function requireThat(isRight: boolean, problem: string): void {
  if (!isRight) throw new DspError('corrupt', `this is no peaks file: ${problem}`);
}
