import { openPicture, type PictureType, pictureError } from './examine-picture.ts';

/** How well copies are kept, of 100: differences are not seen at these sizes, and a cover of 320 pixels has some 20 kB. */
const QUALITY = 82;

/**
 * Another picture of a picture: decoded whole, its colours in sRGB, without its tags.
 * @param longest side in pixels; a smaller picture, and any where it is absent, keeps its size
 * @throws MediaError 'limit', 'unsupported', 'corrupt'
 */
export async function copyPicture(
  bytes: Uint8Array,
  name: string,
  mediaType: PictureType,
  longest?: number,
): Promise<Uint8Array> {
  try {
    let picture = await openPicture(bytes, name);
    if (longest !== undefined) {
      picture = picture.resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true });
    }
    switch (mediaType) {
      case 'image/jpeg':
        return await picture.flatten({ background: '#ffffff' }).jpeg({ quality: QUALITY }).toBuffer();
      case 'image/png':
        return await picture.png().toBuffer();
      case 'image/webp':
        return await picture.webp({ quality: QUALITY }).toBuffer();
      case 'image/gif':
        return await picture.gif().toBuffer();
    }
  } catch (error) {
    throw pictureError(error, name);
  }
}
