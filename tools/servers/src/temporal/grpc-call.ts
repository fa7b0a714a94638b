// One gRPC call without a gRPC library: all that is needed to see that a Temporal server answers.

import { type ClientHttp2Session, connect } from 'node:http2';

/**
 * Makes one unary call and answers its `grpc-status`: 0 is success.
 * @param address host and port, `127.0.0.1:7233`
 * @param path `/package.Service/Method`
 * @param message the request, encoded
 * @param withinMs longest time the call may take, in milliseconds
 * @throws Error when nobody answers in time.
 */
export function grpcStatus(address: string, path: string, message: Buffer, withinMs = 2_000): Promise<number> {
  return new Promise((resolve, reject) => {
    const session = connect(`http://${address}`);
    const timer = setTimeout(() => fail(new Error(`${path} took longer than ${withinMs} ms`)), withinMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      session.destroy();
      reject(error);
    };
    session.once('error', fail);
    call(session, path, message, fail, (status) => {
      clearTimeout(timer);
      session.close();
      resolve(status);
    });
  });
}

function call(
  session: ClientHttp2Session,
  path: string,
  message: Buffer,
  fail: (error: Error) => void,
  done: (status: number) => void,
): void {
  const request = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  let status: number | undefined;
  const see = (headers: Record<string, unknown>): void => {
    if (headers['grpc-status'] !== undefined) status = Number(headers['grpc-status']);
  };
  request.on('response', see);
  request.on('trailers', see);
  request.once('error', fail);
  request.once('close', () => (status === undefined ? fail(new Error(`${path} gave no status`)) : done(status)));
  request.resume();
  // A message is framed by one byte "not compressed" and its length.
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(message.length, 1);
  request.end(Buffer.concat([frame, message]));
}

/** A protobuf message whose field 1 is this text. */
export function textMessage(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length > 127) throw new RangeError('the text is longer than 127 bytes');
  return Buffer.concat([Buffer.from([0x0a, bytes.length]), bytes]);
}
