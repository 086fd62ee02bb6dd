import { readConfiguration } from '@tutti/workflows';

/** What a worker may use: as it is told, else as it is set; all cores and most memory where it is neither. */
export function workerCapacity(jobs?: number, memory?: number): { cores?: number; memoryBytes?: number } {
  const { set } = readConfiguration();
  const [cores, gibibytes] = [jobs ?? set.workerCores, memory ?? set.workerMemoryGib];
  return {
    ...(cores !== undefined && { cores: Number(cores) }),
    ...(gibibytes !== undefined && { memoryBytes: Number(gibibytes) * 2 ** 30 }),
  };
}
