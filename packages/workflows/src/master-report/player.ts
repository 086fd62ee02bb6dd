import { clockTime, escapeText } from '../svg-text.ts';
import type { ListeningPair } from './report-data.ts';

/**
 * A player of the same seconds before and after, equally loud, with one switch between them. The sound is part of the page,
 * so that it plays from a disk without any server.
 */
export function player({ span, before, after }: ListeningPair): string {
  const sound = (id: string, { flac, gainDb }: ListeningPair['before']) =>
    `<script type="text/plain" id="${id}" data-gain-db="${gainDb.toFixed(3)}">${Buffer.from(flac).toString('base64')}</script>`;
  const turned = [
    ['before', before.gainDb],
    ['after', after.gainDb],
  ] as const;
  const down = turned.find(([, gainDb]) => gainDb < -0.05);
  const level = down ? `${down[0]} is turned down by ${(-down[1]).toFixed(1)} dB` : 'neither has to be turned down';
  return [
    '<h2>Listen</h2>',
    `<p class="sub">${clockTime(span.startSeconds)} to ${clockTime(span.endSeconds)} before and after, equally loud: ${level}; ${escapeText(span.reason)}.</p>`,
    '<div class="player" id="player" role="group" aria-label="before and after">',
    '<button type="button" id="play" disabled aria-keyshortcuts="Space">Play</button>',
    '<div class="choice" role="radiogroup" aria-label="which one is heard">',
    '<label><input type="radio" name="heard" id="hear-before" value="before">before <kbd>B</kbd></label>',
    '<label><input type="radio" name="heard" id="hear-after" value="after" checked>after <kbd>A</kbd></label>',
    '</div>',
    '<input type="range" id="position" min="0" max="1" step="0.01" value="0" disabled aria-label="position">',
    '<output id="time">loading</output>',
    '</div>',
    '<p class="sub">Space plays and stops, <kbd>X</kbd> switches, the arrow keys move by 2 s. It plays in a loop.</p>',
    '<noscript><p class="warning">The player needs JavaScript; all else on this page does not.</p></noscript>',
    sound('sound-before', before),
    sound('sound-after', after),
  ].join('\n');
}
