import { type ArtworkRequest, artworkFolder, fileArtwork, writeArtwork } from '@tutti/workflows';
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';

type Library = Parameters<typeof fileArtwork>[0];
type Options = Partial<ArtworkRequest> & { readonly json?: boolean };

/** Lists the pictures of a file, the best first, or writes that one. */
export async function artwork(
  library: Library,
  [path, ...others]: readonly string[],
  { json, out, size, force = false }: Options,
  terminal: Terminal,
): Promise<ExitCode> {
  if (path === undefined || others.length > 0) throw new UsageError('artwork is asked for of one file');
  if (out === undefined && (size !== undefined || force)) throw new UsageError('--size and --force go with -o OUT');
  if (out !== undefined) {
    const { picture } = await writeArtwork(library, artworkFolder(), path, { out, size, force });
    terminal.say(`${shownName(out)}: the picture ${picture.source === 'folder' ? 'beside' : 'in'} ${shownName(path)}`);
    return EXIT.done;
  }
  const pictures = await fileArtwork(library, path);
  for (const { digest, mediaType, width, height, bytes, source, kind } of pictures) {
    const name = digest.toString('hex');
    if (json) terminal.result(JSON.stringify({ digest: name, mediaType, width, height, bytes, source, kind }));
    else
      terminal.result(
        `${kind.padEnd(6)} ${source.padEnd(8)} ${mediaType} ${width} x ${height}, ${bytes} bytes, ${name}`,
      );
  }
  if (pictures.length === 0) terminal.say(`${shownName(path)} has no picture that the library knows`);
  return EXIT.done;
}
