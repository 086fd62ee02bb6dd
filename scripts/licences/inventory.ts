import { ALLOWED, CONTAINS, REPLACEABLE, SEVERAL_VERSIONS } from './policy.ts';

export interface Package {
  readonly name: string;
  readonly version: string;
  /** SPDX expression from the manifest; empty when it names none. */
  readonly licence: string;
  /** Needed only to develop and test. */
  readonly development: boolean;
}

interface LockFile {
  readonly packages: Readonly<
    Record<string, { version?: string; license?: string; dev?: boolean; devOptional?: boolean; link?: boolean }>
  >;
}

/** Every installed third-party package of a lock file, sorted by name and version. */
export function packagesOf(lock: LockFile): Package[] {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
    .map(([path, entry]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version ?? '',
      licence: entry.license ?? '',
      development: Boolean(entry.dev ?? entry.devOptional),
    }))
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** Whether an SPDX expression of names, AND, OR and parentheses is met by allowed licences alone. */
export function isAllowed(expression: string): boolean {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const term = (): boolean => {
    if (tokens[at] === '(') {
      at += 1;
      const inner = either();
      at += 1;
      return inner;
    }
    return ALLOWED.has(tokens[at++] ?? '');
  };
  const both = (): boolean => {
    let result = term();
    while (tokens[at] === 'AND') {
      at += 1;
      result = term() && result;
    }
    return result;
  };
  const either = (): boolean => {
    let result = both();
    while (tokens[at] === 'OR') {
      at += 1;
      result = both() || result;
    }
    return result;
  };
  return tokens.length > 0 && either() && at === tokens.length;
}

/** What is wrong with the inventory, one sentence each. */
export function complaintsAbout(packages: readonly Package[]): string[] {
  const complaints: string[] = [];
  const versions = new Map<string, Set<string>>();
  for (const { name, version, licence } of packages) {
    versions.set(name, (versions.get(name) ?? new Set()).add(version));
    if (!isAllowed(licence) && !(name in REPLACEABLE)) {
      complaints.push(
        `${name} ${version} has the licence "${licence}", which is not on the list in scripts/licences/policy.ts`,
      );
    }
  }
  for (const [name, found] of versions) {
    if (found.size > 1 && !(name in SEVERAL_VERSIONS)) {
      complaints.push(`${name} is installed in ${found.size} versions: ${[...found].join(', ')}`);
    }
  }
  return complaints;
}

/** THIRD_PARTY.md. */
export function thirdPartyPage(packages: readonly Package[]): string {
  const row = ({ name, version, licence }: Package) =>
    `| ${name} | ${version} | ${licence} | ${REPLACEABLE[name] ?? CONTAINS[name] ?? ''} |`;
  const table = (rows: readonly Package[]) =>
    ['| package | version | licence | note |', '|---|---|---|---|', ...rows.map(row)].join('\n');
  return `# Third-party software

Written by \`npm run licences:write\` from package-lock.json; \`npm test\` fails when it is out of date or when a licence is not on the list
in \`scripts/licences/policy.ts\`. No third-party source is copied into this repository. ffmpeg, where the user has installed it, runs as a
program of its own and is no part of this.

## Used at run time

${table(packages.filter((each) => !each.development))}

## Used to develop and test

${table(packages.filter((each) => each.development))}
`;
}
