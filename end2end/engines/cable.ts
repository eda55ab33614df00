import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A cable to a server that can be pulled out. Bytes pass as they are, so TLS is the server's own. */
export class Cable {
  private isDown = false;
  private readonly ends = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** What the browser connects to instead of the server, as `127.0.0.1:…`. */
    readonly host: string,
  ) {}

  static async to(port: number): Promise<Cable> {
    const server = createServer((browser) => cable.join(browser, connect(port, '127.0.0.1')));
    const cable = new Cable(server, `127.0.0.1:${await listen(server)}`);
    return cable;
  }

  /** Connections are reset, new ones too. */
  down(): void {
    this.isDown = true;
    for (const end of this.ends) end.resetAndDestroy();
  }

  up(): void {
    this.isDown = false;
  }

  stop(): void {
    this.down();
    this.server.close();
  }

  private join(browser: Socket, server: Socket): void {
    for (const [one, other] of [[browser, server], [server, browser]]) {
      this.ends.add(one);
      // A reset is an error here, and nothing to tell of.
      one.on('error', () => {}).on('close', () => {
        this.ends.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
    if (this.isDown) browser.resetAndDestroy();
  }
}

/** For a program that must be told one. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  return port;
}

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}
