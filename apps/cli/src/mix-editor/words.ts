import { UsageError } from '../exit-code.ts';

/** The words of a line; what is in quotes is one word, and a backslash takes the next character as it is. */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word = '';
  let isWord = false;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const letter = line[i]!;
    if (letter === '\\' && quote !== "'" && i + 1 < line.length) {
      word += line[++i]!;
      isWord = true;
    } else if (quote) {
      if (letter === quote) quote = '';
      else word += letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      isWord = true;
    } else if (/\s/.test(letter)) {
      if (isWord) words.push(word);
      word = '';
      isWord = false;
    } else {
      word += letter;
      isWord = true;
    }
  }
  if (quote) throw new UsageError(`the quote ${quote} is not closed`);
  return isWord ? [...words, word] : words;
}

/** Something counted from 1, as a person writes it; gives it counted from 0. */
export function placeOf(word: string | undefined, count: number, what: string): number {
  if (word === undefined) throw new UsageError(`which ${what}? Name it by its number`);
  const number = Number(word);
  if (count === 0) throw new UsageError(`there is no ${what}`);
  if (!/^\d+$/.test(word) || number < 1 || number > count)
    throw new UsageError(`there is no ${what} ${word}; ${count === 1 ? 'there is only 1' : `there are 1 to ${count}`}`);
  return number - 1;
}

/** Seconds: "187.5" or "3:07.5". */
export function secondsOf(word: string | undefined): number {
  const [, minutes = '0', seconds] = /^(?:(\d+):)?(\d+(?:\.\d+)?)$/.exec(word ?? '') ?? [];
  if (seconds === undefined)
    throw new UsageError(
      `${word ?? 'nothing'} is no moment of a track; write it as minutes and seconds, 3:07.5, or as seconds, 187.5`,
    );
  return 60 * Number(minutes) + Number(seconds);
}
