/**
 * Starts tasks ahead, a few at a time, and yields what becomes of them in their order, whatever order they end in.
 * @param atOnce tasks in flight, at least 1
 * @throws what `start` rejects with, when the turn of that task comes
 */
export async function* inOrder<Task, Done>(
  tasks: readonly Task[],
  atOnce: number,
  start: (task: Task, index: number) => Promise<Done>,
): AsyncGenerator<Done> {
  const flying: Promise<Done>[] = [];
  let next = 0;
  while (next < tasks.length || flying.length > 0) {
    while (next < tasks.length && flying.length < atOnce) {
      const started = start(tasks[next]!, next);
      next += 1;
      // Awaited in order below; a rejection of a later one must not count as unhandled until then.
      started.catch(() => {});
      flying.push(started);
    }
    yield await flying.shift()!;
  }
}
