/** An event as it is on the line. */
interface SentEvent {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/**
 * The server-sent events of a stream; comments are passed over, and an event that its end cut off is none.
 * Source: HTML Living Standard, 9.2.6 "Interpreting an event stream".
 */
export async function* readEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<SentEvent> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let id = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = `${rest}${decoder.decode(value, { stream: true })}`.split(/\r?\n\r?\n/);
      rest = blocks.pop()!;
      for (const block of blocks) {
        const fields = block.split(/\r?\n/).map(fieldOf);
        const of = (wanted: string) => fields.filter(([name]) => name === wanted).map(([, said]) => said);
        id = of('id').at(-1) ?? id;
        const data = of('data');
        if (data.length > 0) yield { event: of('event').at(-1) ?? 'message', id, data: data.join('\n') };
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function fieldOf(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
}
