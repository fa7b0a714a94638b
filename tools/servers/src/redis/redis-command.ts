// One command to a Redis server over a bare socket: all that is needed to see that it answers.

import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Longest time to wait for a reply, in milliseconds. */
const withinMs = 2_000;

/**
 * Sends a command, after the password of the URL if it holds one, and answers the first line of the reply:
 * `+PONG`, `:1`, `$5` before a text of five bytes.
 * @throws Error when nobody answers within 2 s, or with the server's error reply.
 */
export function redisCommand(url: string, ...command: readonly string[]): Promise<string> {
  const { protocol, hostname, port, username, password } = new URL(url);
  const login = password === '' ? [] : [['AUTH', ...[username, password].filter(Boolean).map(decodeURIComponent)]];
  const commands = [...login, command];
  const at = { host: hostname, port: Number(port === '' ? 6379 : port) };
  return new Promise((resolve, reject) => {
    const socket = protocol === 'rediss:' ? connectTls({ ...at, servername: hostname }) : connectPlain(at);
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    let received = '';
    socket.setTimeout(withinMs, () => fail(new Error(`Redis took longer than ${withinMs} ms`)));
    socket.once('error', fail);
    socket.once('close', () => reject(new Error('Redis closed the connection')));
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
      const lines = received.split('\r\n').slice(0, -1);
      const refused = lines.find((line) => line.startsWith('-'));
      const reply = lines[commands.length - 1];
      if (refused !== undefined) return fail(new Error(`Redis refused: ${refused.slice(1)}`));
      if (reply === undefined) return;
      socket.destroy();
      resolve(reply);
    });
    socket.write(commands.map(encode).join(''));
  });
}

function encode(command: readonly string[]): string {
  const parts = command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`);
  return `*${command.length}\r\n${parts.join('')}`;
}
