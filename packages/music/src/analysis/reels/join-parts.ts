/** What is known of a section: where it is, and which music it is within its reel. */
interface Placed {
  readonly start: number;
  readonly end: number;
  readonly part?: string | undefined;
}

/**
 * Numbers the parts of several reels anew: a part of a reel is the one of the reel before that it mostly coincides with
 * where both were heard, else a new one.
 * @param reels sections of each, which overlap those of the next
 * @returns for each reel the number of the part of each section, from 0 in order of appearance
 */
export function joinParts(reels: readonly (readonly Placed[])[]): number[][] {
  let fresh = 0;
  let before: { readonly sections: readonly Placed[]; readonly numbers: readonly number[] } = {
    sections: [],
    numbers: [],
  };
  return reels.map((sections) => {
    const numbersOfParts = new Map<string | undefined, number>();
    const shared = [...sharedSeconds(before.sections, before.numbers, sections)].sort((a, b) => b.seconds - a.seconds);
    for (const { part, number } of shared) {
      // The longest match decides, and no two parts of a reel become one.
      if (numbersOfParts.has(part) || [...numbersOfParts.values()].includes(number)) continue;
      numbersOfParts.set(part, number);
    }
    const numbers = sections.map(({ part }) => {
      const number = numbersOfParts.get(part) ?? fresh++;
      numbersOfParts.set(part, number);
      return number;
    });
    before = { sections, numbers };
    return numbers;
  });
}

/** For how long a part of one reel and a numbered one of the reel before sound at the same time; most of that of both. */
function sharedSeconds(
  earlier: readonly Placed[],
  numbers: readonly number[],
  later: readonly Placed[],
): { readonly part: string | undefined; readonly number: number; readonly seconds: number }[] {
  const from = later[0]?.start ?? 0;
  const to = earlier.at(-1)?.end ?? 0;
  const within = ({ start, end }: Placed) => Math.max(0, Math.min(to, end) - Math.max(from, start));
  const sums = new Map<string, { part: string | undefined; number: number; seconds: number }>();
  const ofPart = new Map<string | undefined, number>();
  const ofNumber = new Map<number, number>();
  for (const section of later) ofPart.set(section.part, (ofPart.get(section.part) ?? 0) + within(section));
  earlier.forEach((section, i) => {
    const number = numbers[i]!;
    ofNumber.set(number, (ofNumber.get(number) ?? 0) + within(section));
    for (const { start, end, part } of later) {
      const seconds = Math.min(section.end, end) - Math.max(section.start, start);
      if (seconds <= 0) continue;
      const name = `${part} ${number}`;
      const sum = sums.get(name) ?? { part, number, seconds: 0 };
      sums.set(name, { ...sum, seconds: sum.seconds + seconds });
    }
  });
  return [...sums.values()].filter(
    ({ part, number, seconds }) => seconds > Math.max(ofPart.get(part)!, ofNumber.get(number)!) / 2,
  );
}
