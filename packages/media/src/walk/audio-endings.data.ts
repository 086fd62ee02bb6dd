/** Endings of names, in lower case, that are taken for sound when a folder is walked. */
export const AUDIO_ENDINGS: ReadonlySet<string> = new Set(
  (
    'mp3 mp2 flac oga ogg opus spx wav wave bwf rf64 w64 aif aiff aifc m4a m4b mp4 aac alac wma asf caf au snd ' +
    'ape wv tta tak mpc mka webm dsf dff ac3 dts amr voc'
  ).split(' '),
);
