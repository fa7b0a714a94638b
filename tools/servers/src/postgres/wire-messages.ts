// The frames of PostgreSQL's protocol, version 3: a letter, a length that counts itself, a body. Only a client's first
// message has no letter.

/** Cuts what comes over a socket into whole messages. */
export class WireMessages {
  #rest: Buffer = Buffer.alloc(0);
  #withoutLetter: boolean;

  constructor(from: 'client' | 'server') {
    this.#withoutLetter = from === 'client';
  }

  /** The messages that are whole by now, each as it came. */
  take(data: Buffer): Buffer[] {
    this.#rest = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    const messages: Buffer[] = [];
    for (;;) {
      const letters = this.#withoutLetter ? 0 : 1;
      if (this.#rest.length < letters + 4) return messages;
      const end = letters + this.#rest.readInt32BE(letters);
      if (this.#rest.length < end) return messages;
      messages.push(this.#rest.subarray(0, end));
      this.#rest = this.#rest.subarray(end);
      this.#withoutLetter = false;
    }
  }
}

/** The letter of a message that has one. */
export function letterOf(message: Buffer): string {
  return String.fromCharCode(message[0] ?? 0);
}

/** A simple query. */
export function queryMessage(sql: string): Buffer {
  const body = Buffer.from(`${sql}\0`);
  const message = Buffer.alloc(5 + body.length);
  message.write('Q');
  message.writeInt32BE(4 + body.length, 1);
  body.copy(message, 5);
  return message;
}

/** "Ready for query", outside of a transaction. */
export const readyOutside = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
