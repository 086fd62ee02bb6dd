import type { BalancePlan, PlannedStem } from '../plan-schema.ts';
import { KIND_RULES, SUSTAINED_ONSETS } from './balance-rules.data.ts';
import type { AudibleStem } from './stem-levels.ts';

/** A stem with more side than this has an image, and with it most often a room of its own. */
const DRY_WIDTH = 0.01;
/** Decay for stems of one onset a second and fewer, and for four and more, seconds: busy music needs a short one. */
const LONGEST_SECONDS = 1.8;
const SHORTEST_SECONDS = 0.8;
const BUSY_OCTAVES = 2;
const ROOM = { highDecay: 0.5, dampingHz: 5000, lowCutHz: 250 };
/** Damping is at most this share of the sample rate. */
const HIGHEST_DAMPING = 0.45;

export interface DecidedRoom {
  readonly room: BalancePlan['room'];
  readonly sends: readonly PlannedStem['send'][];
}

/**
 * One room for the stems that came without any: those in mono of a kind that is heard in one. Long notes need none.
 * @param options.isKnown the levels are those of a mix of the same stems, which has the room that it has
 */
export function decideRoom(
  stems: readonly AudibleStem[],
  { sampleRate, isKnown }: { readonly sampleRate: number; readonly isKnown: boolean },
): DecidedRoom {
  const sends = stems.map((stem) => sendOf(stem, isKnown));
  const sent = stems.filter((_, i) => sends[i]!.levelDb !== null);
  if (sent.length === 0) return { room: null, sends };
  const onsets = sent.reduce((sum, stem) => sum + onsetsOf(stem), 0) / sent.length;
  const busy = Math.min(1, Math.max(0, Math.log2(onsets) / BUSY_OCTAVES));
  const decaySeconds = Math.round(10 * (LONGEST_SECONDS + busy * (SHORTEST_SECONDS - LONGEST_SECONDS))) / 10;
  return {
    room: {
      decaySeconds,
      ...ROOM,
      dampingHz: Math.min(ROOM.dampingHz, HIGHEST_DAMPING * sampleRate),
      reason: `${sent.map(({ name }) => name).join(', ')} came dry and ${sent.length === 1 ? 'has' : 'have'} ${onsets.toFixed(1)} onsets a second: a room of ${decaySeconds.toFixed(1)} s, without what is below ${ROOM.lowCutHz} Hz, puts them in one place`,
    },
    sends,
  };
}

function onsetsOf({ heard }: AudibleStem): number {
  return heard.sound?.onsetsPerSecond ?? 0;
}

function sendOf(stem: AudibleStem, isKnown: boolean): PlannedStem['send'] {
  const { sendDb } = KIND_RULES[stem.kind];
  const width = stem.heard.figures.width ?? 0;
  const none = (reason: string) => ({ levelDb: null, reason });
  if (isKnown) return none('the reference is a mix of these stems: nothing is added to them');
  if (sendDb === null) return none(`${stem.kind} ${stem.kind.endsWith('s') ? 'go' : 'goes'} into no room`);
  if (width > DRY_WIDTH)
    return none(`it has an image (${(100 * width).toFixed(0)} % side), and with it a room of its own`);
  if (onsetsOf(stem) < SUSTAINED_ONSETS)
    return none(`${onsetsOf(stem).toFixed(1)} onsets a second are long notes, which fill the room themselves`);
  return {
    levelDb: sendDb,
    reason: `it came in mono (${(100 * width).toFixed(1)} % side), without any room: ${sendDb} dB go into the common one`,
  };
}
