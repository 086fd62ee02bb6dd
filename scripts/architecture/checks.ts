import { posix } from 'node:path';
import { MAXIMUM_LINES, type RoomRule, VAGUE_NAME } from './rules.ts';
import type { Import, SourceFile } from './source-file.ts';

/** Doors of each workspace package: `@tutti/music` -> ['.', './theory', …]. */
export type Doors = ReadonlyMap<string, readonly string[]>;

const isTest = (path: string) => /\.(test|bench|twin)\.ts$|\/testing\//.test(path);

function roomOf(path: string, rooms: readonly RoomRule[]): RoomRule | undefined {
  return rooms.find((room) => path.startsWith(`${room.folder}/`));
}

function allows(list: readonly string[], specifier: string): boolean {
  return list.some((entry) => specifier === entry || specifier.startsWith(`${entry}/`));
}

function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, 2).join('/');
}

function checkImport(
  file: SourceFile,
  { specifier, typeOnly }: Import,
  room: RoomRule,
  doors: Doors,
): string | undefined {
  if (specifier.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(file.path), specifier));
    if (!target.startsWith(`${room.folder}/`))
      return `reaches out of ${room.folder} into ${target}: enter a package by its door`;
    return undefined;
  }
  if (specifier.startsWith('node:'))
    return room.node || isTest(file.path) ? undefined : `imports ${specifier}: no I/O on this floor`;
  if (!specifier.startsWith('@tutti/')) return undefined;
  const name = packageOf(specifier);
  const door = `.${specifier.slice(name.length)}`;
  if (!doors.get(name)?.includes(door)) return `imports ${specifier}: ${name} has no door ${door}`;
  if (allows(room.imports, specifier)) return undefined;
  if (isTest(file.path) && allows(room.testImports ?? [], specifier)) return undefined;
  if (allows(room.typeImports, specifier)) {
    return typeOnly ? undefined : `imports ${specifier}: only its types may be imported here`;
  }
  return `imports ${specifier}: that is up or sideways from ${room.folder}`;
}

/** File-level import cycles, each as a path that ends where it began. */
export function findCycles(files: readonly SourceFile[]): string[][] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[][] = [];
  const trail: string[] = [];
  const visit = (path: string): void => {
    state.set(path, 'open');
    trail.push(path);
    for (const { specifier } of byPath.get(path)!.imports) {
      if (!specifier.startsWith('.')) continue;
      const target = posix.normalize(posix.join(posix.dirname(path), specifier));
      if (!byPath.has(target)) continue;
      if (state.get(target) === 'open') cycles.push([...trail.slice(trail.indexOf(target)), target]);
      else if (!state.has(target)) visit(target);
    }
    trail.pop();
    state.set(path, 'done');
  };
  for (const { path } of files) if (!state.has(path)) visit(path);
  return cycles;
}

/** Every way in which the files break the house's rules, one sentence each. */
export function checkHouse(files: readonly SourceFile[], rooms: readonly RoomRule[], doors: Doors): string[] {
  const complaints: string[] = [];
  for (const file of files) {
    const say = (line: number, text: string) => complaints.push(`${file.path}:${line} ${text}`);
    const room = roomOf(file.path, rooms);
    if (!room) {
      if (file.path.includes('/')) say(1, 'belongs to no room: add its folder to scripts/architecture/rules.ts');
      continue;
    }
    if (file.lines > MAXIMUM_LINES && !file.path.endsWith('.data.ts')) {
      say(1, `has ${file.lines} lines; the longest a file may be is ${MAXIMUM_LINES}`);
    }
    if (VAGUE_NAME.test(file.path)) say(1, 'has a name that does not say what is inside');
    for (const { line, what } of file.offences) say(line, `uses ${what}`);
    for (const statement of file.imports) {
      const complaint = checkImport(file, statement, room, doors);
      if (complaint) say(statement.line, complaint);
    }
    if (!isTest(file.path)) {
      for (const name of room.forbidden) {
        const line = file.globals.get(name);
        if (line !== undefined) say(line, `uses ${name}, which ${room.folder} may not`);
      }
    }
  }
  for (const cycle of findCycles(files)) complaints.push(`import cycle: ${cycle.join(' -> ')}`);
  return complaints;
}
