/** Whether `If-None-Match` names what would be answered (RFC 9110, 13.1.2: compared weakly). */
export function knowsTag(header: string | undefined, tag: string): boolean {
  const known = header?.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known?.some((each) => each === tag || each === '*') ?? false;
}
