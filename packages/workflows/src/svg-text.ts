// What pictures and pages are written with. SVG is XML.
export { clockTime, escapeText } from '@tutti/exchange';

/** A coordinate with the two decimals that a screen can show. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
