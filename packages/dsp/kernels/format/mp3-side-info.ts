// Side information of a layer III frame (ISO/IEC 11172-3, 2.4.1.7; 13818-3, 2.4.1.7).
import { bitsRead } from './bit-reader';

export const SHORT_BLOCK: i32 = 2;

/** One granule of one channel. */
@unmanaged
export class Mp3Granule {
  /** Bits of scale factors and spectrum together. */
  bits: i32;
  /** Values, not pairs. */
  bigValues: i32;
  globalGain: i32;
  scaleCompress: i32;
  /** 0 normal, 1 start, 2 short, 3 stop */
  blockType: i32;
  /** The two lowest subbands have normal windows, whatever the block type says of the others. */
  mixed: bool;
  table0: i32;
  table1: i32;
  table2: i32;
  /** Bands of the first region, and of the first two. */
  region1Bands: i32;
  region2Bands: i32;
  subblockGain0: i32;
  subblockGain1: i32;
  subblockGain2: i32;
  /** MPEG-1 says it here, MPEG-2 by how the scale factors are coded. */
  preflag: bool;
  scaleShift: i32;
  quadruplesB: bool;
  /** Which of the four groups of scale factors are those of the first granule. */
  sharedScales: i32;
}

export const GRANULE_BYTES: usize = offsetof<Mp3Granule>();

/**
 * Reads the side information that the bit reader stands before. Granules are stored at `granules`, channels within
 * granules. Returns how many bytes back the main data begins, or -1 when the information contradicts itself.
 */
export function mp3ReadSideInfo(granules: usize, mpeg1: bool, channels: i32): i32 {
  const granuleCount = mpeg1 ? 2 : 1;
  const mainDataBegin = <i32>bitsRead(mpeg1 ? 9 : 8);
  bitsRead(mpeg1 ? (channels === 1 ? 5 : 3) : channels);
  let shared0 = 0;
  let shared1 = 0;
  if (mpeg1) {
    shared0 = <i32>bitsRead(4);
    if (channels === 2) shared1 = <i32>bitsRead(4);
  }
  for (let granule = 0; granule < granuleCount; granule++) {
    for (let channel = 0; channel < channels; channel++) {
      const info = changetype<Mp3Granule>(granules + <usize>(granule * 2 + channel) * GRANULE_BYTES);
      info.sharedScales = granule === 0 ? 0 : channel === 0 ? shared0 : shared1;
      if (!readGranule(info, mpeg1)) return -1;
    }
  }
  return mainDataBegin;
}

function readGranule(info: Mp3Granule, mpeg1: bool): bool {
  info.bits = <i32>bitsRead(12);
  info.bigValues = <i32>bitsRead(9) * 2;
  info.globalGain = <i32>bitsRead(8);
  info.scaleCompress = <i32>bitsRead(mpeg1 ? 4 : 9);
  info.mixed = false;
  info.subblockGain0 = 0;
  info.subblockGain1 = 0;
  info.subblockGain2 = 0;
  if (bitsRead(1)) {
    info.blockType = <i32>bitsRead(2);
    info.mixed = bitsRead(1) === 1;
    info.table0 = <i32>bitsRead(5);
    info.table1 = <i32>bitsRead(5);
    info.table2 = 0;
    info.subblockGain0 = <i32>bitsRead(3);
    info.subblockGain1 = <i32>bitsRead(3);
    info.subblockGain2 = <i32>bitsRead(3);
    if (info.blockType === 0) return false;
    if (info.blockType === SHORT_BLOCK) info.sharedScales = 0;
    // Nine bands of a short block, eight of a long one; a mixed block's first region is its long bands (`readChannel`).
    info.region1Bands = info.blockType === SHORT_BLOCK ? 9 : 8;
    info.region2Bands = 40;
  } else {
    info.blockType = 0;
    info.table0 = <i32>bitsRead(5);
    info.table1 = <i32>bitsRead(5);
    info.table2 = <i32>bitsRead(5);
    info.region1Bands = <i32>bitsRead(4) + 1;
    info.region2Bands = info.region1Bands + <i32>bitsRead(3) + 1;
  }
  info.preflag = mpeg1 ? bitsRead(1) === 1 : false;
  info.scaleShift = <i32>bitsRead(1) + 1;
  info.quadruplesB = bitsRead(1) === 1;
  return info.bigValues <= 576;
}
