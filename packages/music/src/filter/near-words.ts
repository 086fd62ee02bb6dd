import type { Filter } from './filter.ts';
import { foldText } from './fold-text.ts';

/**
 * Mistakes that are forgiven in a word of so many letters: none up to 2, one up to 5, else two (what Elasticsearch's documentation
 * of fuzzy queries calls AUTO).
 */
function forgivenIn(letters: number): number {
  return letters <= 2 ? 0 : letters <= 5 ? 1 : 2;
}

/** Words that are taken for one, at most. */
const MOST_WORDS = 20;

/**
 * The words that somebody may have meant who typed another one, perhaps not to its end: those that begin with what is the fewest
 * mistakes away. A mistake is a letter too many, one too few, a wrong one, or two neighbours exchanged (optimal string alignment:
 * Boytsov, "Indexing methods for approximate dictionary searching", ACM Journal of Experimental Algorithmics 16, 2011).
 * @param word folded
 * @param vocabulary folded words
 * @returns the first 20 by their alphabet; none where all are further away than is forgiven
 */
export function nearWords(word: string, vocabulary: Iterable<string>): string[] {
  const wanted = [...word];
  let most = forgivenIn(wanted.length);
  let found: string[] = [];
  if (most === 0) return found;
  for (const known of vocabulary) {
    const mistakes = mistakesTo(wanted, known, most);
    if (mistakes > most) continue;
    if (mistakes < most) found = [];
    most = mistakes;
    found.push(known);
  }
  return found.sort().slice(0, MOST_WORDS);
}

/** Mistakes between a word and the beginning of another one that is nearest to it; more than `most` where there are more. */
function mistakesTo(wanted: readonly string[], known: string, most: number): number {
  const width = wanted.length;
  // Rows of the table of distances: one for each letter of the known word, for each beginning of the wanted one.
  let [before, last] = [new Uint8Array(width + 1), Uint8Array.from({ length: width + 1 }, (_, i) => i)];
  let best = last[width]!;
  let letterBefore = '';
  let row = 0;
  for (const letter of known) {
    row += 1;
    if (row > width + most) break;
    const next = new Uint8Array(width + 1);
    next[0] = row;
    let least = row;
    for (let i = 1; i <= width; i++) {
      const wrong = wanted[i - 1] === letter ? 0 : 1;
      let cost = Math.min(last[i - 1]! + wrong, last[i]! + 1, next[i - 1]! + 1);
      if (i > 1 && wanted[i - 1] === letterBefore && wanted[i - 2] === letter)
        cost = Math.min(cost, before[i - 2]! + 1);
      next[i] = cost;
      if (cost < least) least = cost;
    }
    best = Math.min(best, next[width]!);
    if (least > most) break;
    [before, last] = [last, next];
    letterBefore = letter;
  }
  return best;
}

/** The words that a filter looks for without a field and not as a phrase, folded, each once. */
export function looseWords(filter: Filter): string[] {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return [...new Set(filter.of.flatMap(looseWords))];
    case 'not':
      return looseWords(filter.of);
    case 'words':
      return filter.phrase ? [] : foldText(filter.words).split(' ');
    default:
      return [];
  }
}

/** The filter with words taken for others: any of those that `meant` has for one. */
export function withMeantWords(filter: Filter, meant: ReadonlyMap<string, readonly string[]>): Filter {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return { kind: filter.kind, of: filter.of.map((each) => withMeantWords(each, meant)) };
    case 'not':
      return { kind: 'not', of: withMeantWords(filter.of, meant) };
    case 'words': {
      const words = looseWords(filter);
      if (!words.some((word) => meant.has(word))) return filter;
      const either = (word: string): Filter => {
        const of = (meant.get(word) ?? [word]).map((words): Filter => ({ kind: 'words', words, phrase: false }));
        return of.length === 1 ? of[0]! : { kind: 'any', of };
      };
      return words.length === 1 ? either(words[0]!) : { kind: 'all', of: words.map(either) };
    }
    default:
      return filter;
  }
}
