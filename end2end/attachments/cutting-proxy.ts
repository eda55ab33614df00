import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A network between client and server that breaks after so many bytes, as often as it is told. */
export class CuttingProxy {
  /** Bytes the client has sent through it, headers included. */
  sent = 0;
  cuts = 0;
  private readonly server = createServer((client) => this.join(client));

  constructor(
    private readonly to: URL,
    private readonly plan: number[],
  ) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
  }

  private join(client: Socket): void {
    const server = connect(Number(this.to.port), this.to.hostname);
    const end = () => {
      client.destroy();
      server.destroy();
    };
    client.on('error', end).on('close', end);
    server.on('error', end).on('close', end);
    server.on('data', (bytes) => client.write(bytes));
    let onThis = 0;
    client.on('data', (bytes: Buffer) => {
      const after = this.plan[0];
      const room = after === undefined ? bytes.length : Math.max(0, after - onThis);
      const part = bytes.subarray(0, room);
      onThis += part.length;
      this.sent += part.length;
      if (after === undefined || part.length === bytes.length) {
        server.write(part);
        return;
      }
      this.plan.shift();
      this.cuts += 1;
      // What was let by arrives; what follows does not, and neither does an answer.
      server.write(part, end);
    });
  }
}
