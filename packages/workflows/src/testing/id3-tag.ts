/** An ID3v2.3 tag of these frames, to be put before an MP3. Source: id3.org, "ID3 tag version 2.3.0", sections 3.1, 3.3, 4.16. */
export function id3Tag(frames: readonly Buffer[]): Buffer {
  const body = Buffer.concat(frames);
  const size = [21, 14, 7, 0].map((shift) => (body.length >> shift) & 0x7f);
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, ...size]), body]);
}

export function id3Frame(id: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(10);
  head.write(id, 0, 'latin1');
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** An object with a name. */
export function objectFrame(name: string, data: Uint8Array): Buffer {
  return id3Frame('GEOB', Buffer.concat([Buffer.from(`\0application/octet-stream\0\0${name}\0`, 'latin1'), data]));
}

/** A chapter from one millisecond to another, by the addendum for chapter frames 1.0. */
export function chapterFrame(id: string, start: number, end: number, title: string): Buffer {
  const times = Buffer.alloc(16, 0xff);
  times.writeUInt32BE(start, 0);
  times.writeUInt32BE(end, 4);
  const name = title === '' ? Buffer.alloc(0) : id3Frame('TIT2', Buffer.from(`\0${title}`, 'latin1'));
  return id3Frame('CHAP', Buffer.concat([Buffer.from(`${id}\0`, 'latin1'), times, name]));
}

/** A picture of a type (4.15 of the same), said to be a JPEG whatever it is. */
export function pictureFrame(type: number, data: Uint8Array): Buffer {
  return id3Frame('APIC', Buffer.concat([Buffer.from('\0image/jpeg\0', 'latin1'), Buffer.from([type, 0]), data]));
}
