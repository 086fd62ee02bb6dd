/** Sets that are mixed and judged: songs of the development corpus, by their files under its `audio`. */
export const JUDGED_SETS: readonly { readonly name: string; readonly songs: readonly string[] }[] = [
  {
    name: 'electronic',
    songs: [
      'gen/house-db-major-124.ogg',
      'gen/house-g-minor-126.ogg',
      'gen/trance-fs-minor-138.ogg',
      'gen/dnb-eb-minor-174.ogg',
      'gen/hiphop-c-minor-86.ogg',
      'osu/triangles.ogg',
      'stepmania/goin-under.ogg',
      'mdn/viper.ogg',
    ],
  },
  {
    name: 'rock with drifting tempo',
    songs: [
      'fof/armygeddon.ogg',
      'fof/chaos-god.ogg',
      'fof/escape-from-chaosland.ogg',
      'fof/feelings.ogg',
      'ultrastar/a-talk-with-george.ogg',
      'ultrastar/better.ogg',
      'ultrastar/chiron-beta-prime.ogg',
      'ultrastar/code-monkey.ogg',
      'ultrastar/flickr.ogg',
      'ultrastar/that-spells-dna.ogg',
    ],
  },
  {
    name: 'mixed',
    songs: [
      'fof/escape-from-chaosland.ogg',
      'gen/funk-db-minor-96-sin.ogg',
      'gen/house-db-major-124.ogg',
      'gen/pop-live-drift-gs-minor-118.ogg',
      'librosa/brahms-hungarian-dance-5.ogg',
      'librosa/vibe-ace.ogg',
      'pop909/003.ogg',
      'ultrastar/code-monkey.ogg',
      'ultrastar/flickr.ogg',
      'wesnoth/knolls.ogg',
    ],
  },
];
