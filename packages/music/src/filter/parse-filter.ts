import { FIELD_NAMES, FIELDS, type FieldName, type FieldRule } from './fields.data.ts';
import { DEEPEST, type Filter, LONGEST_FILTER, MOST_RULES } from './filter.ts';
import { FilterError } from './filter-error.ts';
import { foldText } from './fold-text.ts';
import { lexFilter, type Token } from './lex-filter.ts';
import { type Comparison, quotedValue, readValue, ValueError } from './read-value.ts';

const BY_NAME = new Map<string, FieldName>(
  FIELD_NAMES.flatMap((name) => {
    const { aliases }: FieldRule = FIELDS[name];
    return [name, ...aliases].map((word): [string, FieldName] => [word, name]);
  }),
);

/**
 * Reads a filter in words: `bpm:120-128 key:8A..9A genre:house added:<30d energy>=6 "free text"`.
 * Terms next to each other all hold; `OR`, `NOT`, a minus and parentheses do what they say, `a,b` is either value.
 * Words without a field are looked for in title, artist, album and genre, each as the beginning of a word; in quotes
 * as they stand.
 * @returns the tree; `{ kind: 'all', of: [] }`, which everything matches, for no terms
 * @throws FilterError with the place, for what cannot be read or is out of bounds
 */
export function parseFilter(text: string): Filter {
  if (text.length > LONGEST_FILTER)
    throw new FilterError(
      `a filter has at most ${LONGEST_FILTER} characters; this one has ${text.length}`,
      LONGEST_FILTER,
      text.length - LONGEST_FILTER,
    );
  const parser = new FilterParser(lexFilter(text), text.length);
  return parser.whole();
}

/** One pass over the tokens, by recursive descent: any = all (OR all)*, all = term+. */
class FilterParser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #next = 0;
  #rules = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  whole(): Filter {
    const filter = this.#any();
    const left = this.#peek();
    if (left) throw at(left, 'this ")" closes nothing');
    return filter;
  }

  #peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#next + ahead];
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token?.kind === 'word' && token.text === word && this.#peek(1)?.kind !== 'operator';
  }

  #any(): Filter {
    const of = [this.#all()];
    while (this.#isWord('OR')) {
      const or = this.#peek()!;
      this.#next++;
      if (isEmpty(of.at(-1)!)) throw at(or, 'OR needs a term before it');
      of.push(this.#all());
      if (isEmpty(of.at(-1)!)) throw at(or, 'OR needs a term after it');
    }
    return of.length === 1 ? of[0]! : { kind: 'any', of };
  }

  #all(): Filter {
    const of: Filter[] = [];
    for (let token = this.#peek(); token && token.kind !== 'close' && !this.#isWord('OR'); token = this.#peek()) {
      const term = this.#term(token);
      if (term) of.push(term);
    }
    return of.length === 1 ? of[0]! : { kind: 'all', of };
  }

  /** One term; undefined for what stands for nothing: AND, a comma between words, a lone sign. */
  #term(token: Token): Filter | undefined {
    if (this.#isWord('AND') || token.kind === 'comma') {
      this.#next++;
      return undefined;
    }
    if (token.kind === 'minus' || this.#isWord('NOT')) return this.#not(token);
    if (token.kind === 'open') return this.#inside(token);
    if (token.kind === 'operator')
      throw at(token, `"${token.text}" needs a field before it, as in bpm${token.text}120; in quotes it is text`);
    this.#count(token);
    if (token.kind === 'word' && this.#peek(1)?.kind === 'operator') return this.#field(token, this.#peek(1)!);
    this.#next++;
    if (foldText(token.text) === '') return undefined;
    return { kind: 'words', words: token.text, phrase: token.kind === 'quoted' };
  }

  #not(sign: Token): Filter {
    this.#next++;
    const token = this.#peek();
    const term =
      token && token.kind !== 'close' && !this.#isWord('OR') ? this.#deeper(sign, () => this.#term(token)) : undefined;
    if (!term) throw at(sign, `"${sign.text}" needs a term after it`);
    return { kind: 'not', of: term };
  }

  #inside(open: Token): Filter {
    this.#next++;
    const filter = this.#deeper(open, () => this.#any());
    if (this.#peek()?.kind !== 'close') throw at(open, 'this "(" is not closed');
    if (isEmpty(filter)) throw at(open, 'there is nothing between these parentheses');
    this.#next++;
    return filter;
  }

  #deeper<Result>(token: Token, inside: () => Result): Result {
    if (++this.#depth > DEEPEST) throw at(token, `a filter is at most ${DEEPEST} levels deep`);
    const result = inside();
    this.#depth--;
    return result;
  }

  #count(token: Token): void {
    if (++this.#rules > MOST_RULES) throw at(token, `a filter has at most ${MOST_RULES} terms`);
  }

  #field(name: Token, operator: Token): Filter {
    const field = BY_NAME.get(name.text.toLowerCase());
    if (field === undefined)
      throw at(
        name,
        `there is no field "${name.text}"; there are ${FIELD_NAMES.join(', ')}. In quotes it is searched for as text`,
      );
    this.#next += 2;
    const comparison = comparisonOf(operator.text);
    const of = [this.#value(field, operator, comparison)];
    while (this.#peek()?.kind === 'comma' && this.#peek()!.joined && this.#peek(1)?.joined) {
      const comma = this.#peek()!;
      if (comparison !== ':' && comparison !== '=') throw at(comma, `a list goes with ":", not "${comparison}"`);
      this.#next++;
      this.#count(comma);
      of.push(this.#value(field, comma, comparison));
    }
    return of.length === 1 ? of[0]! : { kind: 'any', of };
  }

  #value(field: FieldName, before: Token, comparison: Comparison): Filter {
    const token = this.#peek();
    if (token?.kind !== 'word' && token?.kind !== 'quoted')
      throw new FilterError(`${field} needs a value here`, token?.at ?? this.#end, token?.length ?? 0);
    this.#next++;
    try {
      const read = token.kind === 'quoted' ? quotedValue : readValue;
      return read(field, comparison, token.text);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      throw new FilterError(error.message, before.joined ? token.at : before.at, token.length);
    }
  }
}

function at(token: Token, message: string): FilterError {
  return new FilterError(message, token.at, token.length);
}

function isEmpty(filter: Filter): boolean {
  return filter.kind === 'all' && filter.of.length === 0;
}

function comparisonOf(operator: string): Comparison {
  return (operator === ':' ? operator : operator.replace(':', '')) as Comparison;
}
