import type { FormatRules } from './element-rules.ts';

interface Open {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** Place in the order of the children, of the last of them. */
  place: number;
  inside: number;
}

const TAG = /<(\/?)([A-Za-z_][\w]*)((?:\s+[A-Za-z_]\w*="[^"<]*")*)\s*(\/?)>/y;
const ATTRIBUTE = /([A-Za-z_]\w*)="([^"]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads a document of elements and attributes alone, and holds it to a description of its format: no element, attribute,
 * order or kind of value that the description does not have, counts that are right. Shares no code with the writers.
 * @returns what is wrong, a sentence each with the line
 */
export function complaintsAboutFormat(text: string, root: string, rules: FormatRules): string[] {
  const complaints: string[] = [];
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(declaration)) return ['it does not begin with the declaration of XML 1.0 in UTF-8'];
  const open: Open[] = [];
  let line = 1;
  let at = declaration.length;
  const say = (what: string) => complaints.push(`line ${line}: ${what}`);
  while (at < text.length) {
    line = text.slice(0, at).split('\n').length;
    const blank = /\s+/y;
    blank.lastIndex = at;
    if (blank.test(text)) {
      at = blank.lastIndex;
      continue;
    }
    TAG.lastIndex = at;
    const tag = TAG.exec(text);
    if (!tag) return [...complaints, `line ${line}: this is no tag: ${text.slice(at, at + 60)}`];
    at = TAG.lastIndex;
    const [, closing, name = '', list = '', empty] = tag;
    if (closing) {
      const ended = open.pop();
      if (ended?.name !== name) say(`${name} ends, but ${ended?.name ?? 'nothing'} is open`);
      else checkCount(ended, rules, open.at(-1), say);
      continue;
    }
    const around = open.at(-1);
    if (!around && name !== root) say(`the outermost element is ${name}, not ${root}`);
    const element: Open = { name, line, attributes: attributesOf(list, say), place: 0, inside: 0 };
    if (around) checkPlace(around, open.at(-2), name, rules, say);
    checkAttributes(element, around, rules, say);
    if (empty) checkCount(element, rules, around, say);
    else open.push(element);
  }
  return open.length > 0 ? [...complaints, `${open.at(-1)!.name} does not end`] : complaints;
}

type Say = (what: string) => void;

function ruleOf(name: string, around: Open | undefined, rules: FormatRules) {
  return rules[`${around?.name}/${name}`] ?? rules[name];
}

function attributesOf(list: string, say: Say): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, value] of list.matchAll(ATTRIBUTE)) {
    if (name! in attributes) say(`${name} is there twice`);
    attributes[name!] = value!.replace(/&(#(\d+)|\w+)?;?/g, (all, entity: string | undefined, code?: string) => {
      const meant = code ? String.fromCodePoint(Number(code)) : ENTITIES[entity ?? ''];
      if (meant === undefined || !all.endsWith(';')) say(`${all} is no entity of XML`);
      return meant ?? all;
    });
  }
  return attributes;
}

function checkPlace(around: Open, beyond: Open | undefined, name: string, rules: FormatRules, say: Say): void {
  around.inside += 1;
  const place = ruleOf(around.name, beyond, rules)?.children?.indexOf(name) ?? -1;
  if (place < 0) say(`${name} may not be in ${around.name}`);
  else if (place < around.place) say(`${name} comes too late in ${around.name}`);
  else around.place = place;
}

function checkAttributes({ name, attributes }: Open, around: Open | undefined, rules: FormatRules, say: Say): void {
  const rule = ruleOf(name, around, rules);
  if (!rule) {
    say(`there is no element ${name}`);
    return;
  }
  for (const [attribute, value] of Object.entries(attributes)) {
    const allowed = rule.attributes[attribute];
    if (!allowed) say(`${name} has no attribute ${attribute}`);
    else if (!allowed.test(value)) say(`${attribute} of ${name} is "${value}", and should be as ${allowed}`);
  }
  for (const attribute of rule.required ?? []) if (!(attribute in attributes)) say(`${name} lacks ${attribute}`);
}

function checkCount(element: Open, rules: FormatRules, around: Open | undefined, say: Say): void {
  for (const attribute of ruleOf(element.name, around, rules)?.counts?.split('|') ?? []) {
    const told = element.attributes[attribute];
    if (told !== undefined && Number(told) !== element.inside) {
      say(`${attribute} of ${element.name} in line ${element.line} is ${told}, but there are ${element.inside} inside`);
    }
  }
}
