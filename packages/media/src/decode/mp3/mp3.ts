import { type Kernels, MP3_FRAME_ROOM, Mp3Decoder, SampleBlock } from '@tutti/dsp';
import { BLOCK_FRAMES, LARGEST_LOSSY_SAMPLE } from '../../limits.ts';
import { atSeconds, type Warnings } from '../../warnings.ts';
import type { AudioFormat, Decoder } from '../audio-source.ts';
import { ByteWindow } from '../byte-window.ts';
import type { FileBytes } from '../file-bytes.ts';
import { SampleScreen } from '../sample-screen.ts';
import { type EncoderHeader, readEncoderHeader } from './encoder-header.ts';
import { type FrameHeader, parseFrameHeader } from './frame-header.ts';
import { Mp3FrameReader } from './mp3-frames.ts';

/** What every decoder of this kind adds to the encoder's delay: the filter bank's 480 and half a transform. */
const DECODER_DELAY = 529;

/** Frames at the start that may refer to data before it: a file cut out of a longer one begins so. */
const FIRST_FRAMES = 3;

const SMALLEST_FRAME_BYTES = 24;

/** How long the header says the sound is, if that can be: no more frames than the file has room for. */
function declaredSeconds(file: FileBytes, start: number, first: FrameHeader, info: EncoderHeader, warnings: Warnings) {
  const room = (file.size - start) / SMALLEST_FRAME_BYTES;
  if (info.frames !== undefined && info.frames > 0) {
    if (info.frames <= room) {
      const cut = info.delay === undefined ? 0 : info.delay + (info.padding ?? 0);
      return Math.max(0, info.frames * first.frames - cut) / first.sampleRate;
    }
    warnings.add(`its header claims ${info.frames} frames; the file has no room for them`);
  }
  // A constant bit rate is assumed.
  return (((file.size - start) / first.bytes) * first.frames) / first.sampleRate;
}

/** Opens MPEG layer III whose first frame begins at `start`. */
export async function openMp3(file: FileBytes, start: number, kernels: Kernels, warnings: Warnings): Promise<Decoder> {
  const window = new ByteWindow(file, start);
  await window.fill();
  const first = parseFrameHeader(window.bytes, 0)!;
  const info = readEncoderHeader(window.bytes.subarray(0, first.bytes), first);
  if (info) window.advance(first.bytes);
  const { sampleRate, channels } = first;
  const format: AudioFormat = {
    container: 'mp3',
    codec: 'mp3',
    sampleRate,
    channels,
    seconds: declaredSeconds(file, start, first, info ?? {}, warnings),
    lossless: false,
  };
  const decoder = new Mp3Decoder(kernels);
  const skip = info?.delay === undefined ? 0 : info.delay + DECODER_DELAY;
  const holdBack = info?.padding === undefined ? 0 : Math.max(0, info.padding - DECODER_DELAY);
  const out = new SampleBlock(kernels, channels, BLOCK_FRAMES);
  let channelsChanged = false;

  async function* blocks(): AsyncGenerator<SampleBlock, void, undefined> {
    const screen = new SampleScreen(LARGEST_LOSSY_SAMPLE, sampleRate);
    const reader = new Mp3FrameReader(window, first, warnings);
    let count = 0;
    let filled = 0;
    let cut = skip;
    const flush = (frames: number): SampleBlock => {
      out.frames = frames;
      screen.check(out);
      return out;
    };
    for (let frame = reader.next(); frame !== null; frame = reader.next()) {
      if (frame === 'unread') {
        await reader.read();
        continue;
      }
      const { header, bytes, afterGap } = frame;
      if (afterGap) decoder.reset();
      const inPlace = header.channels === channels;
      const status = decoder.decode(bytes, header.frames, inPlace ? out : decoder.block, inPlace ? filled : 0);
      count += 1;
      const time = () => atSeconds((count - 1) * header.frames, sampleRate);
      if (status === 'damaged' || (status === 'incomplete' && count > FIRST_FRAMES && !afterGap)) {
        warnings.add(`damaged MP3 frame at ${time()}`);
      }
      if (header.channels !== channels && !channelsChanged) {
        channelsChanged = true;
        warnings.add(`the number of channels changes at ${time()}`);
      }
      if (inPlace) filled += header.frames;
      else filled = append(out, filled, decoder.block, header.channels);
      if (filled + MP3_FRAME_ROOM <= out.capacity) continue;
      filled = keepTail(out, filled, filled - cut);
      cut = 0;
      yield flush(filled - holdBack);
      filled = keepTail(out, filled, holdBack);
    }
    // A file that ends early ends in sound, not in padding.
    const endsEarly = info?.frames !== undefined && count < info.frames;
    if (endsEarly && info.frames! * SMALLEST_FRAME_BYTES <= file.size) {
      const [claimed, there] = [info.frames!, count].map((frames) => atSeconds(frames * first.frames, sampleRate));
      warnings.add(`the header claims ${claimed}; ${there} are there: the file was cut off`);
    }
    let behind = endsEarly ? 0 : holdBack;
    if (filled > 0 && cut > 0 && filled <= cut + behind) {
      warnings.add(`its header says to leave out ${cut + behind} samples, which is all there is: they were kept`);
      cut = 0;
      behind = 0;
    }
    filled = keepTail(out, filled, filled - cut);
    yield flush(Math.max(0, filled - behind));
    screen.finish(file.name, warnings);
  }
  return { format, blocks };
}

/** Puts the samples of a frame with another number of channels behind the `filled` ones: mono on both sides, stereo's mean. */
function append(out: SampleBlock, filled: number, frame: SampleBlock, channels: number): number {
  const left = frame.channel(0).subarray(0, frame.frames);
  if (channels === 1) {
    for (let channel = 0; channel < out.channelCount; channel++) out.channel(channel).set(left, filled);
  } else {
    const [target, right] = [out.channel(0), frame.channel(1)];
    for (let i = 0; i < left.length; i++) target[filled + i] = (left[i]! + right[i]!) / 2;
  }
  return filled + left.length;
}

/** Moves the last `count` of `filled` samples to the front; returns how many are left. */
function keepTail(out: SampleBlock, filled: number, count: number): number {
  if (count === filled) return count;
  for (let channel = 0; channel < out.channelCount; channel++) {
    out.channel(channel).copyWithin(0, filled - count, filled);
  }
  return count;
}
