import { FileStore } from '@tus/file-store';
import { Server as TusServer } from '@tus/server';
import { buildSync } from 'esbuild';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

declare global {
  /** Of the page (page.ts). */
  var emptied: () => Promise<void>;
  var upload: (lengths: number[]) => Promise<void>;
}

/** Serves the page in which the peers work, and is the peer of our own uploads. */
export class Peers {
  private constructor(
    private readonly server: Server,
    private readonly folder: string,
    /** Host and port. */
    readonly address: string,
  ) {}

  static async start(): Promise<Peers> {
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-peers-'));
    const tus = new TusServer({ path: '/files', datastore: new FileStore({ directory: folder }) });
    const built = buildSync({ entryPoints: [file('page.ts')], bundle: true, minify: true, write: false });
    const files: Record<string, [kind: string, content: Uint8Array]> = {
      '/': ['text/html', readFileSync(file('page.html'))],
      '/page.js': ['text/javascript', built.outputFiles[0].contents],
    };
    const server = createServer((request, response) => {
      const [kind, content] = files[request.url ?? ''] ?? [];
      if (kind) response.setHeader('content-type', kind).end(content);
      else void tus.handle(request, response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new Peers(server, folder, `127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
