/** Most fields that are looked at. */
const MAXIMUM_FIELDS = 1000;

/**
 * The channel mask that a FLAC stream's comments name when its channels are not in FLAC's own order.
 * @param comments body of a VORBIS_COMMENT block, possibly cut off
 * @returns undefined when there is none
 * Source: RFC 9639, section 8.6.2.
 */
export function channelMaskTag(comments: Buffer): number | undefined {
  if (comments.length < 4) return undefined;
  let at = 4 + comments.readUInt32LE(0);
  if (at + 4 > comments.length) return undefined;
  const fields = Math.min(comments.readUInt32LE(at), MAXIMUM_FIELDS);
  at += 4;
  for (let field = 0; field < fields && at + 4 <= comments.length; field++) {
    const end = at + 4 + comments.readUInt32LE(at);
    const text = comments.toString('latin1', at + 4, Math.min(end, at + 100));
    const mask = /^WAVEFORMATEXTENSIBLE_CHANNEL_MASK=0x([0-9a-f]{1,8})$/i.exec(text);
    if (mask) return Number.parseInt(mask[1]!, 16);
    at = end;
  }
  return undefined;
}
