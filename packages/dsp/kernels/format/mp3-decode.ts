// One layer III frame to planar floats (ISO/IEC 11172-3 and 13818-3, MPEG-1, 2 and 2.5). Finding frames, their headers
// and what to cut at the ends is the caller's work. The order of the steps follows minimp3 (CC0), whose idea of keeping
// four values of one kind side by side is carried through to the end here.
import { arenaAllocate, arenaMark, arenaRelease } from '../memory/arena';
import { bitsOpen, bitsRead, bitsTell } from './bit-reader';
import { BANDS_BYTES, Mp3Bands, mp3BandsFill, mp3BandsRow } from './mp3-bands';
import { Mp3Huffman, Mp3Spectrum, mp3HuffmanCreate, mp3ReadSpectrum } from './mp3-huffman';
import { Mp3Hybrid, mp3HybridCreate, mp3ReduceAlias, mp3Synthesise, SLOTS } from './mp3-hybrid';
import { mp3ReadScaleFactors } from './mp3-scale-factors';
import { GRANULE_BYTES, Mp3Granule, mp3ReadSideInfo, SHORT_BLOCK } from './mp3-side-info';
import { COEFFICIENT_BYTES, mp3Intensity, mp3MidSide } from './mp3-stereo';
import { Mp3Synthesis, mp3Polyphase, mp3SynthesisCreate, TRANSFORM_BYTES } from './mp3-synthesis';

/** Main data may begin this far back in earlier frames. */
const RESERVOIR_BYTES: usize = 511;
const LARGEST_FRAME: usize = 4096;
/** The spectrum reader runs ahead of damaged data. */
const READ_AHEAD: usize = 4096;

/** No less than a decoder takes with all its tables. */
const ROOM: usize = 1 << 18;

const OVERLAP_BYTES: usize = 18 * 32 * 4;
const SUBBAND_BYTES: usize = 32 * SLOTS * 4;

/** The frame was decoded as far as it could be; what was damaged or missing is silence. */
const DAMAGED: i32 = -1;
/** The frame refers to data of earlier frames that were not there. */
const INCOMPLETE: i32 = -2;

@unmanaged
class Mp3Decoder {
  huffman: Mp3Huffman;
  hybrid: Mp3Hybrid;
  synthesis: Mp3Synthesis;
  bands: Mp3Bands;
  bandsMemory: usize;
  /** Row of the band tables in use; -1 for none yet. */
  row: i32;
  /** Channels of the last frame. */
  channels: i32;
  spectrum: Mp3Spectrum;
  granules: usize;
  /** Main data: what is kept of earlier frames, then this frame's. */
  mainData: usize;
  kept: usize;
  /** [2] of each */
  coefficients: usize;
  overlaps: usize;
  subbands: usize;
  transforms: usize;
  /** u8[2][40] and f32[40] */
  scales: usize;
  positions: usize;
  factors: usize;
}

/** 0 when out of memory. */
export function mp3DecoderCreate(): usize {
  // Made sure of at once: the tables are filled as they are made, and nothing that follows can fail.
  const mark = arenaMark();
  if (!arenaAllocate(ROOM)) return 0;
  arenaRelease(mark);
  const pointer = arenaAllocate(offsetof<Mp3Decoder>());
  const decoder = changetype<Mp3Decoder>(pointer);
  decoder.huffman = mp3HuffmanCreate();
  decoder.hybrid = mp3HybridCreate();
  decoder.synthesis = mp3SynthesisCreate();
  decoder.bands = changetype<Mp3Bands>(arenaAllocate(offsetof<Mp3Bands>()));
  decoder.bandsMemory = arenaAllocate(BANDS_BYTES);
  decoder.row = -1;
  decoder.spectrum = changetype<Mp3Spectrum>(arenaAllocate(offsetof<Mp3Spectrum>()));
  decoder.granules = arenaAllocate(4 * GRANULE_BYTES);
  decoder.mainData = arenaAllocate(RESERVOIR_BYTES + LARGEST_FRAME + READ_AHEAD);
  decoder.coefficients = arenaAllocate(2 * COEFFICIENT_BYTES);
  decoder.overlaps = arenaAllocate(2 * OVERLAP_BYTES);
  decoder.subbands = arenaAllocate(2 * SUBBAND_BYTES);
  decoder.transforms = arenaAllocate(2 * TRANSFORM_BYTES);
  decoder.scales = arenaAllocate(80);
  decoder.positions = arenaAllocate(80);
  decoder.factors = arenaAllocate(160);
  return pointer;
}

/** Forgets everything that was read: what comes next is another stream. */
export function mp3DecoderReset(pointer: usize): void {
  const decoder = changetype<Mp3Decoder>(pointer);
  decoder.kept = 0;
  memory.fill(decoder.overlaps, 0, 2 * OVERLAP_BYTES);
  memory.fill(decoder.transforms, 0, 2 * TRANSFORM_BYTES);
}

/**
 * Decodes the frame of `bytes` bytes at `start`, whose header the caller has checked (layer III, no free bit rate), to
 * 1152 or 576 samples of each channel at `destination + channel * strideBytes`. Up to 64 samples behind are overwritten.
 * Returns 0, DAMAGED or INCOMPLETE; samples are written in any case. Sixteen bytes after the frame must be readable.
 */
export function mp3DecodeFrame(pointer: usize, start: usize, bytes: i32, destination: usize, strideBytes: usize): i32 {
  const decoder = changetype<Mp3Decoder>(pointer);
  const second = <i32>load<u8>(start, 1);
  const third = <i32>load<u8>(start, 2);
  const fourth = <i32>load<u8>(start, 3);
  const version = (second >> 3) & 3;
  const mpeg1 = version === 3;
  const channels = fourth >> 6 === 3 ? 1 : 2;
  const joint = fourth >> 6 === 1;
  const intensity = joint && (fourth & 0x10) !== 0;
  const midSide = joint && (fourth & 0x20) !== 0;
  const row = mp3BandsRow(version, (third >> 2) & 3);
  if (row !== decoder.row) {
    mp3BandsFill(decoder.bands, decoder.bandsMemory, row);
    decoder.row = row;
  }

  if (channels > decoder.channels) {
    // What was mono was heard on both sides: the right one goes on from there.
    memory.copy(decoder.overlaps + OVERLAP_BYTES, decoder.overlaps, OVERLAP_BYTES);
    memory.copy(decoder.transforms + TRANSFORM_BYTES, decoder.transforms, TRANSFORM_BYTES);
  }
  decoder.channels = channels;

  const hasCrc = (second & 1) === 0;
  const sideStart = start + 4 + (hasCrc ? 2 : 0);
  const sideBytes: usize = mpeg1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  const payload = sideStart + sideBytes;
  const end = start + <usize>bytes;
  let status = 0;
  let mainDataBegin = -1;
  if (payload <= end && <usize>bytes <= LARGEST_FRAME) {
    bitsOpen(sideStart, payload);
    mainDataBegin = mp3ReadSideInfo(decoder.granules, mpeg1, channels);
  }
  const granuleCount = mpeg1 ? 2 : 1;
  let lost = false;
  let bit = 0;
  let endBit = 0;
  if (mainDataBegin < 0) {
    status = DAMAGED;
    decoder.kept = 0;
  } else {
    const fresh = end - payload;
    memory.copy(decoder.mainData + decoder.kept, payload, fresh);
    const available = decoder.kept + fresh;
    bit = (<i32>decoder.kept - mainDataBegin) * 8;
    if (bit < 0) status = INCOMPLETE;
    endBit = <i32>available * 8;
  }

  for (let granule = 0; granule < granuleCount; granule++) {
    memory.fill(decoder.coefficients, 0, 2 * COEFFICIENT_BYTES);
    const infos = decoder.granules + <usize>(granule * 2) * GRANULE_BYTES;
    let used0 = 0;
    let used1 = 0;
    if (status !== DAMAGED) {
      // A granule that begins in lost data stays silent; the next one may be whole.
      const missing = bit < 0;
      for (let channel = 0; channel < channels; channel++) {
        const info = changetype<Mp3Granule>(infos + <usize>channel * GRANULE_BYTES);
        const next = bit + info.bits;
        let count = -1;
        // Silent too: what shares scale factors that were lost.
        if (missing || (lost && info.sharedScales !== 0)) count = 0;
        else if (next <= endBit) count = readChannel(decoder, info, channel, mpeg1, intensity, midSide, bit);
        bit = next;
        if (count < 0) {
          status = DAMAGED;
          memory.fill(decoder.coefficients + <usize>channel * COEFFICIENT_BYTES, 0, COEFFICIENT_BYTES);
          break;
        }
        if (channel === 0) used0 = count;
        else used1 = count;
      }
      lost = missing;
    }
    if (channels === 2 && joint) {
      joinStereo(decoder, infos, mpeg1, intensity, midSide);
      used0 = max(used0, used1);
      used1 = used0;
    }
    for (let channel = 0; channel < channels; channel++) {
      const info = changetype<Mp3Granule>(infos + <usize>channel * GRANULE_BYTES);
      transformChannel(decoder, info, channel, granule, channel === 0 ? used0 : used1);
    }
  }
  for (let channel: usize = 0; channel < <usize>channels; channel++) {
    mp3Polyphase(
      decoder.synthesis,
      decoder.subbands + channel * SUBBAND_BYTES,
      decoder.transforms + channel * TRANSFORM_BYTES,
      18 * granuleCount,
      destination + channel * strideBytes,
    );
  }
  if (mainDataBegin >= 0) keepMainData(decoder, <usize>(endBit >> 3));
  return status;
}

/** Keeps the last bytes for frames to come, which may begin their main data there. */
function keepMainData(decoder: Mp3Decoder, available: usize): void {
  const kept = min(available, RESERVOIR_BYTES);
  memory.copy(decoder.mainData, decoder.mainData + available - kept, kept);
  decoder.kept = kept;
}

/** Reads scale factors and spectrum of one channel that begin at `bit`. Returns how many lines are not zero at most. */
function readChannel(
  decoder: Mp3Decoder,
  info: Mp3Granule,
  channel: i32,
  mpeg1: bool,
  intensity: bool,
  midSide: bool,
  bit: i32,
): i32 {
  const bands = decoder.bands;
  const spectrum = decoder.spectrum;
  const short = info.blockType === SHORT_BLOCK;
  const longBands = short ? (info.mixed ? bands.mixedLong : 0) : 22;
  spectrum.widths = short ? (info.mixed ? bands.mixedWidths : bands.shortWidths) : bands.longWidths;
  spectrum.places = short ? (info.mixed ? bands.mixedPlaces : bands.shortPlaces) : bands.longPlaces;
  const bandCount = countBands(spectrum.widths);

  const first = decoder.mainData + <usize>(bit >> 3);
  bitsOpen(first, first + READ_AHEAD);
  bitsRead(bit & 7);
  mp3ReadScaleFactors(
    info,
    mpeg1,
    intensity && channel === 1,
    midSide,
    longBands,
    bandCount,
    decoder.scales + <usize>(channel * 40),
    decoder.positions + <usize>(channel * 40),
    decoder.factors,
  );
  spectrum.data = decoder.mainData;
  spectrum.bit = ((bit >> 3) << 3) + bitsTell(first);
  spectrum.endBit = bit + info.bits;
  if (spectrum.bit > spectrum.endBit) return -1;
  spectrum.bigValues = info.bigValues;
  spectrum.table0 = info.table0;
  spectrum.table1 = info.table1;
  spectrum.table2 = info.table2;
  spectrum.region1 = linesOf(spectrum.widths, short && info.mixed ? bands.mixedLong : info.region1Bands);
  spectrum.region2 = linesOf(spectrum.widths, info.region2Bands);
  spectrum.quadruplesB = info.quadruplesB;
  spectrum.factors = decoder.factors;
  spectrum.coefficients = decoder.coefficients + <usize>channel * COEFFICIENT_BYTES;
  const count = mp3ReadSpectrum(decoder.huffman, spectrum);
  // Coded order is not the order of frequency in short blocks.
  return count > 0 && short ? 576 : count;
}

function countBands(widths: usize): i32 {
  let count = 0;
  while (load<u8>(widths + <usize>count)) count++;
  return count;
}

function linesOf(widths: usize, bands: i32): i32 {
  let lines = 0;
  for (let band = 0; band < bands; band++) {
    const width = <i32>load<u8>(widths + <usize>band);
    if (width === 0) break;
    lines += width;
  }
  return lines;
}

function joinStereo(decoder: Mp3Decoder, infos: usize, mpeg1: bool, intensity: bool, midSide: bool): void {
  const left = decoder.coefficients;
  const right = left + COEFFICIENT_BYTES;
  if (!intensity) {
    if (midSide) mp3MidSide(left, right);
    return;
  }
  const info = changetype<Mp3Granule>(infos);
  const bands = decoder.bands;
  const short = info.blockType === SHORT_BLOCK;
  const widths = short ? (info.mixed ? bands.mixedWidths : bands.shortWidths) : bands.longWidths;
  const places = short ? (info.mixed ? bands.mixedPlaces : bands.shortPlaces) : bands.longPlaces;
  const longBands = short ? (info.mixed ? bands.mixedLong : 0) : 0;
  const scale = changetype<Mp3Granule>(infos + GRANULE_BYTES).scaleCompress & 1;
  mp3Intensity(
    left,
    right,
    widths,
    places,
    decoder.positions + 40,
    countBands(widths),
    longBands,
    short ? 3 : 1,
    mpeg1,
    midSide,
    scale,
  );
}

/** Coefficients of one granule to subband samples. */
function transformChannel(decoder: Mp3Decoder, info: Mp3Granule, channel: i32, granule: i32, used: i32): void {
  const coefficients = decoder.coefficients + <usize>channel * COEFFICIENT_BYTES;
  const short = info.blockType === SHORT_BLOCK;
  const normalSubbands = info.mixed ? 2 : 0;
  // Alias reduction spreads into the next subband.
  const usedSubbands = used === 0 ? 0 : min(32, (used + 17) / 18 + 1);
  const boundaries = short ? max(normalSubbands - 1, 0) : min(31, usedSubbands);
  if (used > 0 && boundaries > 0) mp3ReduceAlias(decoder.hybrid, coefficients, boundaries);
  mp3Synthesise(
    decoder.hybrid,
    coefficients,
    info.blockType,
    normalSubbands,
    usedSubbands,
    decoder.overlaps + <usize>channel * OVERLAP_BYTES,
    decoder.subbands + <usize>channel * SUBBAND_BYTES + <usize>(granule * 18 * 4),
  );
}
