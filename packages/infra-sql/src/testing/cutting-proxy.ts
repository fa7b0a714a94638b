// A connection to a server that is cut at a chosen moment: before a message arrives, or before its answer does.

import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** `request`: the server never sees the message. `answer`: it does its work, and nobody hears of it. */
export type Cut = 'request' | 'answer';

export class CuttingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #armed: { readonly cut: Cut; readonly trigger: string } | null = null;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Forwards to the host and port of the URL. */
  static async start(url: string): Promise<{ proxy: CuttingProxy; url: string }> {
    const target = new URL(url);
    const server = createServer();
    const proxy = new CuttingProxy(server);
    server.on('connection', (client) => proxy.#forward(client, Number(target.port), target.hostname));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxied = new URL(url);
    proxied.port = String((server.address() as AddressInfo).port);
    return { proxy, url: proxied.href };
  }

  /** Cuts the connection over which the next message with that text goes. */
  arm(cut: Cut, trigger: string): void {
    this.#armed = { cut, trigger };
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #forward(client: Socket, port: number, host: string): void {
    const upstream = connect(port, host);
    let cutting: Cut | null = null;
    const destroy = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket.on('error', destroy);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        destroy();
      });
    }
    client.on('data', (data) => {
      if (this.#armed !== null && data.includes(this.#armed.trigger)) {
        cutting = this.#armed.cut;
        this.#armed = null;
      }
      if (cutting === 'request') destroy();
      else upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (cutting === 'answer') destroy();
      else client.write(data);
    });
  }
}
