import { parseFilter } from '@tutti/music/filter';
import { expect, it } from 'vitest';
import { emptyLibrary, onBothEngines } from '../testing/engines.ts';
import { putTracks } from '../testing/put-tracks.ts';
import { forgiveWords } from './forgive-words.ts';
import { listTracks } from './list-tracks.ts';

onBothEngines((fresh) => {
  it('takes words that no track has for the nearest ones, and says so', async () => {
    const library = await emptyLibrary(fresh);
    await putTracks(library, [
      { path: 'a.mp3', fields: { title: ['Jóga'], artist: ['Björk'] } },
      { path: 'b.mp3', fields: { title: ['House'], artist: ['Björn'] } },
    ]);
    const found = async (text: string) => {
      const { filter, words } = await forgiveWords(library, parseFilter(text));
      const page = await listTracks(library, { filter, now: new Date(), timeZone: 'UTC', limit: 9 });
      return { words, titles: page.tracks.map(({ title }) => title) };
    };
    expect(await found('bjrok')).toEqual({ words: [{ typed: 'bjrok', meant: ['bjork'] }], titles: ['Jóga'] });
    expect(await found('björ huose')).toEqual({ words: [{ typed: 'huose', meant: ['house'] }], titles: ['House'] });
    expect(await found('zzzzzz')).toEqual({ words: [], titles: [] });
    await putTracks(library, [{ path: 'c.mp3', fields: { title: ['Zzzzz'] } }]);
    expect(await found('zzzzzx')).toMatchObject({ titles: ['Zzzzz'] });
  });
});
