// Walks the folder that it is told, and says how many files there were, what could not be read, and the memory that it took:
// a program that can be run as another user, or with little memory.
import { walkAudio } from '../walk/walk-audio.ts';

let files = 0;
const errors: string[] = [];
for await (const { name, error } of walkAudio([process.argv[2]!], { pictures: true })) {
  if (error) errors.push(`${error.kind} ${name}`);
  else files += 1;
}
process.stdout.write(JSON.stringify({ files, errors }));
