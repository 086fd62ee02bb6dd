import { z } from 'zod';

/** JSON Schema, as far as it is looked at here. */
interface Shape {
  readonly type?: string | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly exclusiveMaximum?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly pattern?: string | undefined;
  readonly format?: string | undefined;
  readonly properties?: Readonly<Record<string, Shape>> | undefined;
  readonly items?: Shape | undefined;
  readonly prefixItems?: readonly Shape[] | undefined;
  readonly anyOf?: readonly Shape[] | undefined;
  readonly oneOf?: readonly Shape[] | undefined;
}

const shapes = new WeakMap<z.ZodType, Shape>();

function shapeOf(schema: z.ZodType): Shape {
  const known = shapes.get(schema);
  if (known) return known;
  const made = z.toJSONSchema(schema, { io: 'input' }) as Shape;
  shapes.set(schema, made);
  return made;
}

/**
 * What may stand at a place, in words: `a number from -24 to 0`, `one of rise, fall`.
 * @param path of the place in a value of `schema`
 * @param value that was given, which tells one of several shapes from the others by its `type`
 * @returns undefined where there is nothing to be said: no such place, or anything may stand there
 */
export function allowedAt(schema: z.ZodType, path: readonly PropertyKey[], value: unknown): string | undefined {
  let places: readonly Shape[] = choices(shapeOf(schema), value);
  let at = value;
  for (const step of path) {
    at = typeof at === 'object' && at !== null ? (at as Readonly<Record<PropertyKey, unknown>>)[step] : undefined;
    places = places.flatMap((shape) => choices(partOf(shape, step), at));
  }
  const words = [...new Set(places.map(wordsOf))].filter((each) => each !== '');
  return words.length === 0 ? undefined : words.join(', or ');
}

function partOf({ properties, items, prefixItems }: Shape, step: PropertyKey): Shape | undefined {
  if (typeof step === 'number') return prefixItems?.[step] ?? items;
  return properties?.[String(step)];
}

function choices(shape: Shape | undefined, value: unknown): readonly Shape[] {
  if (shape === undefined) return [];
  const several = shape.anyOf ?? shape.oneOf;
  if (several === undefined) return [shape];
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  const meant = several.filter(({ properties }) => type !== undefined && properties?.['type']?.const === type);
  return (meant.length > 0 ? meant : several).flatMap((each) => choices(each, value));
}

function wordsOf(shape: Shape): string {
  const { type } = shape;
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return `one of ${shape.enum.join(', ')}`;
  if (type === 'integer' || type === 'number') {
    return `${type === 'integer' ? 'a whole number' : 'a number'}${rangeOf(shape)}`;
  }
  if (type === 'string') {
    if (shape.format !== undefined) return shape.format === 'uuid' ? 'a UUID' : `a text of the format ${shape.format}`;
    if (shape.pattern !== undefined) return `a text that fits ${shape.pattern}`;
    return `a text${countOf(shape.minLength, shape.maxLength, 'characters')}`;
  }
  if (type === 'array') return `a list${countOf(shape.minItems, shape.maxItems, 'items')}`;
  if (type === 'object') return `an object with ${Object.keys(shape.properties ?? {}).join(', ') || 'no fields'}`;
  if (type === 'boolean') return 'true or false';
  return type === 'null' ? 'null' : '';
}

/** Bounds that are no more than what numbers can be are none. */
function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Shape): string {
  const lowest = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? `from ${minimum}` : '';
  const above = exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`;
  const highest = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? `to ${maximum}` : '';
  const below = exclusiveMaximum === undefined ? '' : `below ${exclusiveMaximum}`;
  return [lowest, above, highest && !lowest ? `up ${highest}` : highest, below]
    .filter((each) => each !== '')
    .map((each) => ` ${each}`)
    .join('');
}

function countOf(fewest: number | undefined, most: number | undefined, what: string): string {
  if (most !== undefined) return ` of ${fewest ?? 0} to ${most} ${what}`;
  return fewest === undefined ? '' : ` of at least ${fewest} ${what}`;
}
