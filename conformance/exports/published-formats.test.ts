import { writeNml, writeRekordbox } from '@tutti/exchange';
import { describe, expect, it } from 'vitest';
import { hostileSet } from './hostile-set.ts';
import { NML_RULES } from './nml-schema.data.ts';
import { REKORDBOX_RULES } from './rekordbox-list.data.ts';
import { complaintsAboutFormat } from './strict-reader.ts';

const NML_OPTIONS = { startVolume: 'Macintosh HD', uuidOf: () => '0123456789abcdef'.repeat(2) };
const FOLDERS = ['/Users/dj & co/Müsic', '/Volumes/USB 1/x', 'D:/Music'];

/** Windows has no files of some of the names. */
function setIn(folder: string) {
  const set = hostileSet(folder, '.mp3');
  if (!folder.startsWith('D:')) return set;
  const tracks = set.tracks.map((track) => ({
    ...track,
    path: `D:/Music/${track.title.replace(/[<>:"/\\|?*]/g, '_')}.mp3`,
  }));
  return { ...set, tracks };
}

describe.each(FOLDERS)('a collection in %s', (folder) => {
  it('is written to rekordbox as the published list says', () => {
    const text = writeRekordbox(setIn(folder), '1.0');
    expect(complaintsAboutFormat(text, 'DJ_PLAYLISTS', REKORDBOX_RULES)).toEqual([]);
  });

  it('is written to Traktor as the schema of its collections says', () => {
    const text = writeNml(setIn(folder), NML_OPTIONS);
    expect(complaintsAboutFormat(text, 'NML', NML_RULES)).toEqual([]);
  });
});

describe('the strict reader', () => {
  const text = writeRekordbox(hostileSet('/x', '.mp3'), '1.0');

  it.each([
    ['an attribute that there is none of', 'Tonality=', 'Key=', /no attribute Key/],
    ['an element that there is none of', '<TEMPO ', '<GRID ', /GRID may not be in TRACK/],
    ['a comma for a point', 'Inizio="0.025"', 'Inizio="0,025"', /Inizio of TEMPO is "0,025"/],
    ['a count that is wrong', 'COLLECTION Entries="', 'COLLECTION Entries="1', /Entries of COLLECTION.*but there are/],
    ['a place on another machine', 'file://localhost/', 'file:///', /Location of TRACK/],
    ['a name that is not escaped', '&amp;T', '&T', /is no entity/],
    ['a quotation mark too many', 'Name="100', 'Name=""100', /no tag/],
    ['parts in another order', '<PRODUCT Name="Tutti" Version="1.0" Company=""/>\n', '', null],
  ])('sees %s', (_, right, wrong, complaint) => {
    const damaged = text.replace(right, wrong);
    expect(damaged).not.toBe(text);
    const complaints = complaintsAboutFormat(damaged, 'DJ_PLAYLISTS', REKORDBOX_RULES);
    if (complaint) expect(complaints.join('\n')).toMatch(complaint);
    else {
      const moved = damaged.replace('</DJ_PLAYLISTS>', `${right}</DJ_PLAYLISTS>`);
      expect(complaintsAboutFormat(moved, 'DJ_PLAYLISTS', REKORDBOX_RULES).join()).toMatch(/PRODUCT comes too late/);
    }
  });
});
