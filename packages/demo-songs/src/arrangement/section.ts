import type { SectionLabel, SectionSpec } from '../song-spec.ts';

/** What a section does for the song; a chorus does what a drop does. */
export type SectionRole = Exclude<SectionLabel, 'chorus'>;

export interface Section {
  readonly label: SectionLabel;
  readonly role: SectionRole;
  /** How many sections of the same role came before. */
  readonly occurrence: number;
  readonly bars: number;
  readonly startBeat: number;
  readonly beats: number;
  /** Role of the section that follows; undefined for the last. */
  readonly next: SectionRole | undefined;
}

const roleOf = (label: SectionLabel): SectionRole => (label === 'chorus' ? 'drop' : label);

/** Places the sections of an arrangement one after another. */
export function placeSections(arrangement: readonly SectionSpec[], beatsPerBar: number): Section[] {
  const seen = new Map<SectionRole, number>();
  let startBeat = 0;
  return arrangement.map(({ label, bars }, i) => {
    const role = roleOf(label);
    const occurrence = seen.get(role) ?? 0;
    seen.set(role, occurrence + 1);
    const following = arrangement[i + 1];
    const section: Section = {
      label,
      role,
      occurrence,
      bars,
      startBeat,
      beats: bars * beatsPerBar,
      next: following && roleOf(following.label),
    };
    startBeat += section.beats;
    return section;
  });
}
