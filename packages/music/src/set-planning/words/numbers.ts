import { camelotOf, type Key } from '../../theory/key.ts';

export function minutesWords(seconds: number): string {
  return `${(seconds / 60).toFixed(1)} minutes`;
}

export function levelWords(level: number | null): string {
  if (level === null) return 'not known';
  return Number.isInteger(level) ? `${level}` : level.toFixed(1);
}

export function keyName(key: Key | null): string {
  return key === null ? 'a key not known' : camelotOf(key);
}
