import type { PcmEncoding } from './pcm.ts';

/** Plain reading of one sample; A-law and mu-law by the decision values of ITU-T G.711, tables 1a and 2a. */
export function readSampleTwin(view: DataView, at: number, encoding: PcmEncoding): number {
  switch (encoding) {
    case 'u8':
      return (view.getUint8(at) - 128) / 128;
    case 's8':
      return view.getInt8(at) / 128;
    case 's16le':
      return view.getInt16(at, true) / 32768;
    case 's16be':
      return view.getInt16(at) / 32768;
    case 's24le':
      return (view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getInt8(at + 2) << 16)) / 8388608;
    case 's24be':
      return (view.getUint8(at + 2) | (view.getUint8(at + 1) << 8) | (view.getInt8(at) << 16)) / 8388608;
    case 's32le':
      return view.getInt32(at, true) / 2147483648;
    case 's32be':
      return view.getInt32(at) / 2147483648;
    case 'f32le':
      return view.getFloat32(at, true);
    case 'f32be':
      return view.getFloat32(at);
    case 'f64le':
      return view.getFloat64(at, true);
    case 'f64be':
      return view.getFloat64(at);
    case 'alaw':
      return alawTwin(view.getUint8(at)) / 32768;
    case 'mulaw':
      return mulawTwin(view.getUint8(at)) / 32768;
  }
}

/** A-law in 13 bits: segments of 16 steps, the first two of width 2, each further one of twice the width. */
function alawTwin(code: number): number {
  const value = code ^ 0x55;
  const segment = (value >> 4) & 7;
  const step = value & 15;
  let magnitude = 0;
  for (let s = 0; s < segment; s++) magnitude += 16 * (s === 0 ? 2 : 2 ** s);
  const width = segment === 0 ? 2 : 2 ** segment;
  magnitude += step * width + width / 2;
  return (value & 0x80 ? magnitude : -magnitude) * 8;
}

/** mu-law in 14 bits: segments of 16 steps of width 2, 4, 8, …, the first centred at 0. */
function mulawTwin(code: number): number {
  const value = ~code & 0xff;
  const segment = (value >> 4) & 7;
  const step = value & 15;
  const magnitude = (step * 2 + 33) * 2 ** segment - 33;
  return (value & 0x80 ? -magnitude : magnitude) * 4;
}

/** Plain quantisation: rounded half to even, clamped, NaN is 0. */
export function quantiseTwin(value: number, bits: number): number {
  if (Number.isNaN(value)) return 0;
  const scaled = Math.min(Math.max(value * 2 ** (bits - 1), -(2 ** (bits - 1))), 2 ** (bits - 1) - 1);
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  if (rest !== 0.5) return Math.round(scaled);
  return floor % 2 === 0 ? floor : floor + 1;
}
