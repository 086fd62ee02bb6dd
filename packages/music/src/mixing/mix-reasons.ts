import { clock, signed } from '../plans/reason-words.ts';
import type { Joint } from './joint.ts';
import type { PreparedTrack } from './mix-track.ts';
import type { PlacedTrack } from './placed-track.ts';
import { speedAt } from './time-map.ts';

/** What a track's gain was made from. */
export function gainReason({ track, gainDb }: PreparedTrack): string {
  const { integratedLufs } = track.analysis.loudness;
  if (integratedLufs === null) return 'gain 0.0 dB: its loudness is not known';
  return `gain ${signed(gainDb, 1)} dB from its ${integratedLufs.toFixed(1)} LUFS`;
}

/** What of a track is heard, and at which tempo. */
export function placeReason(
  { prepared: { track, heldBpm }, start, end }: PlacedTrack,
  before: Joint | undefined,
  after: Joint | undefined,
  cueIn: number,
  cueOut: number,
): string {
  const { bpm } = track.analysis.tempo;
  const aloneFrom = before?.inEnd ?? cueIn;
  const aloneTo = after === undefined ? cueOut : cueOut - (after.end - after.start);
  const share = Math.round((100 * Math.max(0, aloneTo - aloneFrom)) / Math.max(1e-9, cueOut - cueIn));
  const tempo =
    bpm === null
      ? 'without a tempo'
      : heldBpm === null
        ? `${bpm.toFixed(1)} BPM`
        : `held at ${heldWords(heldBpm(start), heldBpm(end))} BPM`;
  return `heard from ${clock(cueIn)} to ${clock(cueOut)} of ${clock(track.seconds)}, ${share} % of that alone; ${tempo}`;
}

function heldWords(from: number, to: number): string {
  return from.toFixed(1) === to.toFixed(1) ? from.toFixed(1) : `${from.toFixed(1)} to ${to.toFixed(1)}`;
}

function placeWords(prepared: PreparedTrack, beat: number): string {
  const { beats, phraseStarts } = prepared.grid!;
  return `${phraseStarts.includes(beat) ? 'phrase' : 'bar'} at ${clock(beats[beat]!)}`;
}

function structureWords(name: string, seconds: number | null): string {
  return seconds === null ? '' : ` (${name} ${clock(seconds)})`;
}

/** Why two tracks are joined as they are. */
export function transitionReason(out: PreparedTrack, incoming: PreparedTrack, joint: Joint): string {
  if (joint.kind === 'cut') return `${joint.because}${shiftWords(joint)}`;
  if (joint.kind === 'fade') {
    const fade = `a fade of ${(joint.end - joint.start).toFixed(1)} s`;
    return joint.because === '' ? fade : `${joint.because}; ${fade}`;
  }
  const { overlap, glideBars, bassSwap, map, pulses } = joint;
  const { bars, outBeat, inBeat, pulsesPerBeat } = overlap!;
  const outro = structureWords('outro from', out.track.analysis.structure.outroStart);
  const intro = structureWords('intro to', incoming.track.analysis.structure.introEnd);
  const speed = speedAt(map, joint.start);
  const folded = pulsesPerBeat[0] === pulsesPerBeat[1] ? '' : ', half and double tempo';
  const glide =
    incoming.heldBpm === null
      ? `, and back to its own ${incoming.track.analysis.tempo.bpm!.toFixed(1)} BPM within ${glideBars} bars after`
      : '';
  const bar = overlap!.pulses / bars;
  const swapPulse = pulses!.findIndex(({ mix }) => mix === bassSwap);
  const swap = bassWords(joint, swapPulse < 0 ? null : swapPulse / bar + 1);
  return (
    `${bars} bars from the outgoing ${placeWords(out, outBeat)}${outro} over the incoming ` +
    `${placeWords(incoming, inBeat)}${intro}; incoming speed ${signed(100 * (speed - 1), 1)} %${folded}${glide}${shiftWords(joint)}; ${swap}`
  );
}

function bassWords({ bassSwap, bassSeconds, isBassFiltered, faderShare }: Joint, bar: number | null): string {
  if (faderShare !== undefined) return 'both play in full: only one of them has the bass';
  if (bassSwap === null) return 'too short for a bass swap';
  if (isBassFiltered) return `a high-pass takes the outgoing one away, its bass by bar ${bar}`;
  if (bassSeconds !== undefined) return `the bass goes over within ${bassSeconds.toFixed(1)} s`;
  return `bass swaps at bar ${bar}`;
}

function shiftWords({ keyShift }: Joint): string {
  if (keyShift === 0) return '';
  return `, a semitone ${keyShift > 0 ? 'up' : 'down'} to fit the key`;
}
