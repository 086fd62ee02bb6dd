import { FilterError } from './filter-error.ts';

export interface Token {
  readonly kind: 'word' | 'quoted' | 'operator' | 'open' | 'close' | 'comma' | 'minus';
  readonly text: string;
  readonly at: number;
  readonly length: number;
  /** Whether nothing stands between it and the token before. */
  readonly joined: boolean;
}

const OPERATOR = /^(?::?(?:>=|<=|>|<|=)|:)/;
const WORD = /^[^\s()",:<>=]+/;
/** A value may hold what ends a word elsewhere: the colon of 3:30. */
const VALUE = /^[^\s()",]+/;
const SIGNS: Readonly<Record<string, Token['kind']>> = { '(': 'open', ')': 'close', ',': 'comma' };

/**
 * Cuts a filter into tokens. Quoted text keeps everything but `\"` and `\\`, which stand for a quote and a backslash.
 * A minus is a sign of its own only before a term: alone, as in "artist - title", it is a word.
 * @throws FilterError for a quote that is not closed
 */
export function lexFilter(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const space = /^\s+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    const before = tokens.at(-1);
    const joined = before !== undefined && before.at + before.length === at;
    const isValue = before?.kind === 'operator' || (joined && before.kind === 'comma');
    const token = nextToken(rest, at, joined, isValue);
    tokens.push(token);
    at += token.length;
  }
  return tokens;
}

function nextToken(rest: string, at: number, joined: boolean, isValue: boolean): Token {
  const token = (kind: Token['kind'], text: string, length = text.length): Token => ({
    kind,
    text,
    at,
    length,
    joined,
  });
  const first = rest.charAt(0);
  const sign = SIGNS[first];
  if (sign) return token(sign, first);
  if (first === '"') {
    const quoted = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(rest);
    if (!quoted) throw new FilterError('this quote is not closed; it needs another " after its last word', at, 1);
    return token('quoted', quoted[1]!.replace(/\\([\s\S])/g, '$1'), quoted[0].length);
  }
  const operator = OPERATOR.exec(rest);
  if (operator) return token('operator', operator[0]);
  if (isValue) return token('word', VALUE.exec(rest)![0]);
  if (/^-[^\s-]/.test(rest)) return token('minus', first);
  return token('word', WORD.exec(rest)![0]);
}
