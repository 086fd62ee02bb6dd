/** What the four bytes before an MPEG audio frame say (ISO/IEC 11172-3, 2.4.2.3, and 13818-3). */
export interface FrameHeader {
  /** 1, 2, or 2.5 for the extension to the lowest rates */
  readonly version: 1 | 2 | 2.5;
  readonly layer: 1 | 2 | 3;
  /** Hz */
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** Bytes of the frame, header included; 0 for a free bit rate. */
  readonly bytes: number;
  /** Samples of each channel. */
  readonly frames: number;
  /** Bytes of side information of layer III. */
  readonly sideBytes: number;
  readonly hasCrc: boolean;
}

const RATES = [44_100, 48_000, 32_000];
/** kbit/s by [version 1 or later][layer - 1][index] */
const BIT_RATES: readonly (readonly (readonly number[])[])[] = [
  [
    [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  [
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
];

/** Parses the header at `at`; undefined when there is none. */
export function parseFrameHeader(bytes: Uint8Array, at: number): FrameHeader | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return undefined;
  const [second, third, fourth] = [bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!];
  if ((second & 0xe0) !== 0xe0) return undefined;
  const versionCode = (second >> 3) & 3;
  const layerCode = (second >> 1) & 3;
  const rateCode = (third >> 2) & 3;
  const bitRateCode = third >> 4;
  if (versionCode === 1 || layerCode === 0 || rateCode === 3 || bitRateCode === 15 || (fourth & 3) === 2) {
    return undefined;
  }
  const version = versionCode === 3 ? 1 : versionCode === 2 ? 2 : 2.5;
  const layer = (4 - layerCode) as 1 | 2 | 3;
  const sampleRate = RATES[rateCode]! / (version === 1 ? 1 : version === 2 ? 2 : 4);
  const frames = layer === 1 ? 384 : layer === 2 || version === 1 ? 1152 : 576;
  const channels = fourth >> 6 === 3 ? 1 : 2;
  const bitRate = BIT_RATES[version === 1 ? 0 : 1]![layer - 1]![bitRateCode]! * 1000;
  const padding = (third >> 1) & 1;
  const slot = layer === 1 ? 4 : 1;
  const bytesInFrame = bitRate === 0 ? 0 : (Math.floor((frames * bitRate) / 8 / sampleRate / slot) + padding) * slot;
  const sideBytes = version === 1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  return { version, layer, sampleRate, channels, bytes: bytesInFrame, frames, sideBytes, hasCrc: (second & 1) === 0 };
}

/** True when both can be frames of one stream. */
export function isSameStream(a: FrameHeader, b: FrameHeader): boolean {
  return a.version === b.version && a.layer === b.layer && a.sampleRate === b.sampleRate;
}
