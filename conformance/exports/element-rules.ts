/** What an attribute may hold. */
export type ValueRule = RegExp;

/** What a description of a format says of an element. */
export interface ElementRule {
  readonly attributes: Readonly<Record<string, ValueRule>>;
  /** Attributes that must be there. */
  readonly required?: readonly string[];
  /** Elements that may be inside, in the order in which they may come. */
  readonly children?: readonly string[];
  /** The attribute that counts the elements inside. */
  readonly counts?: string;
}

/** By name of the element, with that of the element around it before it where the two differ: "NODE/TRACK". */
export type FormatRules = Readonly<Record<string, ElementRule>>;

const integer = (bits: number): ValueRule => {
  const digits = String(2 ** (bits - 1)).length;
  return new RegExp(`^-?\\d{1,${digits}}$`);
};

export const TEXT: ValueRule = /^/;
export const BYTE = integer(8);
export const SHORT = integer(16);
export const INT = integer(32);
export const FLOAT: ValueRule = /^-?\d+(\.\d+)?$/;
