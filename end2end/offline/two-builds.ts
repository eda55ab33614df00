import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The next build in place of the one that runs: same files, another name. */
const NEXT = 'fedcba9876543210';

/**
 * A server that is replaced by the next build while somebody is on it: a site of its own to the browser. A browser's own
 * question for a newer worker does not pass the test runner's routes, so both builds are served for real.
 */
export class TwoBuilds {
  private next = false;

  private constructor(
    private readonly listener: Server,
    private readonly server: URL,
    /** The build that really runs. */
    readonly first: string,
  ) {}

  static async start(server: string): Promise<TwoBuilds> {
    const build = (await fetch(`${server}/app-shell`)).headers.get('huiyin-build');
    if (!build) throw new Error('the server does not say its build');
    const listener = createServer();
    const both = new TwoBuilds(listener, new URL(server), build);
    listener.on('request', (asked, answer) => both.forward(asked, answer));
    await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
    return both;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  /** From now on the next build is served, and no file of the first any more. */
  replace(): void {
    this.next = true;
  }

  async stop(): Promise<void> {
    this.listener.closeAllConnections();
    await new Promise((done) => this.listener.close(done));
  }

  private forward(asked: IncomingMessage, answer: ServerResponse): void {
    const { next } = this;
    const path = asked.url ?? '/';
    if (next && path.startsWith(`/pkg/${this.first}/`)) {
      answer.writeHead(404).end();
      return;
    }
    const headers: Record<string, string | string[] | undefined> = { ...asked.headers, 'accept-encoding': 'identity' };
    // The tags are the first build's.
    if (next) delete headers['if-none-match'];
    const { hostname, port } = this.server;
    const told = { hostname, port, method: asked.method, path: path.replace(`/pkg/${NEXT}/`, `/pkg/${this.first}/`), headers };
    const onward = request(told, (heard) => this.pass(path, heard, answer, next));
    onward.on('error', () => answer.destroy());
    // A page that leaves ends what it listens to.
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  }

  private pass(path: string, heard: IncomingMessage, answer: ServerResponse, next: boolean): void {
    const status = heard.statusCode ?? 502;
    const named = path === '/sw.js' || heard.headers['content-type']?.startsWith('text/html');
    if (!next || !named) {
      answer.writeHead(status, heard.headers);
      heard.pipe(answer);
      return;
    }
    const pieces: Buffer[] = [];
    heard.on('data', (piece: Buffer) => pieces.push(piece));
    heard.on('end', () => {
      const text = Buffer.concat(pieces).toString().replaceAll(this.first, NEXT);
      const { etag: _, 'content-length': __, 'transfer-encoding': ___, ...rest } = heard.headers;
      if (rest['huiyin-build']) rest['huiyin-build'] = NEXT;
      answer.writeHead(status, { ...rest, 'content-length': Buffer.byteLength(text) });
      answer.end(text);
    });
  }
}
