import { addRoot, type Database } from '@tutti/library';
import { emptyLibrary, onBothEngines, type PutTrack, putTracks } from '@tutti/library/testing';
import { parseFilter } from '@tutti/music/filter';
import { afterEach, expect, it } from 'vitest';
import { findTrack } from '../lists/find-track.ts';
import { LibrarySounds } from './library-sounds.ts';

let open: LibrarySounds | undefined;
afterEach(async () => open?.close());

/** A track on a line, at `place`. */
function at(place: number, bpm: number, camelot: string, artist: string): PutTrack {
  const analysis = { bpm, camelot, energy: 5, loudness: -9, embedding: [place, 0] };
  const sound = { seconds: 200, codec: 'FLAC', container: 'FLAC', analysis };
  return { path: `${place}.flac`, fields: { title: [`at ${place}`], artist: [artist] }, sound };
}

onBothEngines((fresh) => {
  async function soundsOf(library: Database) {
    await open?.close();
    open = await LibrarySounds.open(library, 'm');
    return open;
  }
  const titles = (tracks: readonly { readonly title: string }[]) =>
    tracks.map(({ title }) => title.replace(/^.* at /, ''));

  it('answers the nearest that are wanted, and follows the library', { timeout: 60_000 }, async () => {
    const library = await emptyLibrary(fresh);
    const [zero] = await putTracks(library, [
      at(0, 120, '8A', 'X'),
      at(1, 120, '3B', 'Y'),
      at(2, 160, '8A', 'Y'),
      at(3, 60.5, '9A', 'X'),
    ]);
    const sounds = await soundsOf(library);
    const near = async (request: Parameters<LibrarySounds['similar']>[2]) =>
      titles(await sounds.similar(zero!, 10, request));
    expect(await near({})).toEqual(['1', '2', '3']);
    expect(await near({ harmonic: true })).toEqual(['2', '3']);
    expect(await near({ tempoWithin: 0.02 })).toEqual(['1', '3']);
    expect(await near({ otherArtists: true })).toEqual(['1', '2']);
    expect(await near({ filter: parseFilter('key:8A OR "at 3"') })).toEqual(['2', '3']);
    await putTracks(library, [at(0.5, 120, '8A', 'Z')]);
    expect(await near({})).toEqual(['0.5', '1', '2', '3']);
    await library.run("DELETE FROM file WHERE path_shown = '/m/1.flac'");
    await library.run("UPDATE analysis SET camelot = '9A' WHERE bpm = 160");
    expect(await near({})).toEqual(['0.5', '2', '3']);
    expect(await near({ filter: parseFilter('key:9A') })).toEqual(['2', '3']);
    const again = await soundsOf(library);
    expect(titles(await again.similar(zero!, 10, {}))).toEqual(['0.5', '2', '3']);
  });

  it('leads from one to another, and says what lies nowhere', async () => {
    const library = await emptyLibrary(fresh);
    await addRoot(library, Buffer.from('/m'), '/m');
    const files = await putTracks(
      library,
      [0, 1, 2, 3, 4].map((place) => at(place, 120, '8A', 'X')),
    );
    const [unheard] = await putTracks(library, [{ path: 'unheard.flac' }]);
    const sounds = await soundsOf(library);
    const path = await sounds.path(files[0]!, files[4]!, 3, parseFilter('NOT "at 2"'));
    expect(titles(path)).toEqual(['0', '1', '3', '4']);
    await expect(sounds.similar(unheard!, 3, {})).rejects.toThrow(/unheard\.flac cannot be compared/);
    await expect(sounds.path(files[0]!, files[0]!, 3, undefined)).rejects.toThrow(/a path needs two/);
  });

  it('finds tracks as people name them', async () => {
    const library = await emptyLibrary(fresh);
    const [one] = await putTracks(library, [at(1, 120, '8A', 'X'), at(12, 120, '8A', 'X')]);
    for (const name of ['/m/1.flac', '1.flac', '1', 'at 1', 'X - at 1']) {
      expect((await findTrack(library, name)).id, name).toBe(one);
    }
    await expect(findTrack(library, 'x at')).rejects.toThrow(/may be several/);
    await expect(findTrack(library, 'nobody')).rejects.toThrow(/is no track of the library/);
  });
});
