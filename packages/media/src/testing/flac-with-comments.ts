/**
 * A FLAC file with comments added, each `NAME=value`. Its sound is the same. In a file that has comments already, readers take these
 * or both: it is for files without (RFC 9639, sections 8 and 8.6).
 */
export function flacWithComments(flac: Buffer, comments: readonly string[]): Buffer {
  const sized = (text: string) => {
    const bytes = Buffer.from(text);
    return Buffer.concat([littleEndian(bytes.length), bytes]);
  };
  const body = Buffer.concat([sized('test'), littleEndian(comments.length), ...comments.map(sized)]);
  const head = Buffer.alloc(4);
  const COMMENTS = 4;
  head.writeUInt32BE(COMMENTS * 2 ** 24 + body.length);
  // After the marker and the stream information, which is always first; that may have been the last block.
  const end = 4 + 4 + 34;
  const start = Buffer.from(flac.subarray(0, end));
  const LAST = 0x80;
  if (start[4]! & LAST) {
    start[4]! &= ~LAST;
    head[0]! |= LAST;
  }
  return Buffer.concat([start, head, body, flac.subarray(end)]);
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
