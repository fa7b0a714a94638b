// Server-sent events of an answer, frame by frame.

export interface Frame {
  readonly event: string;
  readonly id: string | null;
  readonly data: string;
}

/** Frames with data; comments keep the connection alive and say nothing. @throws TypeError where the connection is lost. */
export async function* framesOf({ body }: Response): AsyncGenerator<Frame> {
  if (body === null) return;
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const frames = (rest + text).split('\n\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) {
      const fields = new Map(
        frame.split('\n').map((line) => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 1).trimStart()]),
      );
      const data = fields.get('data');
      if (data !== undefined) yield { event: fields.get('event') ?? 'message', id: fields.get('id') ?? null, data };
    }
  }
}
