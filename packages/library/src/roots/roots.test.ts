import { expect, it } from 'vitest';
import { emptyLibrary, onBothEngines } from '../testing/engines.ts';
import { addRoot, listRoots, setRootThere } from './roots.ts';

onBothEngines((fresh) => {
  it('are apart when their names only begin alike', async () => {
    const library = await emptyLibrary(fresh);
    const add = (path: string) => addRoot(library, Buffer.from(path), path);
    expect(await add('/music')).toBe(true);
    expect(await add('/music 2')).toBe(true);
    expect(await add('/music')).toBe(false);
    await expect(add('/music/house')).rejects.toThrow(/lies in \/music, which is/);
    await expect(add('/')).rejects.toThrow(/music.* is in the library and lies in \//);
    expect((await listRoots(library)).map(({ name }) => name)).toEqual(['/music', '/music 2']);
  });

  it('remember since when they are away', async () => {
    const library = await emptyLibrary(fresh);
    await addRoot(library, Buffer.from('/m'), '/m');
    const [root] = await listRoots(library);
    const since = async () => (await listRoots(library))[0]!.offlineSince;
    expect(await since()).toBeNull();
    await setRootThere(library, root!.id, false);
    const away = await since();
    expect(away).toBeInstanceOf(Date);
    await setRootThere(library, root!.id, false);
    expect(await since()).toEqual(away);
    await setRootThere(library, root!.id, true);
    expect(await since()).toBeNull();
  });
});
