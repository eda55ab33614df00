import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Named after the lines they are like; figures and sources are in `weakline/src/profile.rs`. */
export type ProfileName = 'gprs' | '2g' | 'edge' | '3g-slow' | '3g' | 'slow-4g' | 'none';

/** Without a rate, as fast as it goes. */
export interface Profile {
  down_kbit?: number;
  up_kbit?: number;
  rtt_ms?: number;
}

/** Which requests a fault strikes: by default all of them, until the reset. */
export interface Which {
  /** What the address contains. */
  path?: string;
  method?: string;
  /** The first one, counted from 1 among those that fit. */
  from?: number;
  times?: number;
}

/** How a connection ends for the browser; swallowed, it stays and nothing more arrives. */
export type How = 'fin' | 'rst' | 'swallow';

export interface SeenRequest {
  method: string;
  path: string;
  /** Of the answer, heard or not; none yet, or never. */
  status: number | null;
  fault: 'cut' | 'drop_answer' | 'portal' | 'status' | null;
  bytes_up: number;
  bytes_down: number;
}

export interface Seen {
  connections: number;
  refused: number;
  bytes_up: number;
  bytes_down: number;
  requests: SeenRequest[];
}

/** A weak line to a server (`weakline/src/main.rs`). Its address is a site of its own to the browser. */
export class WeakLine {
  private constructor(
    private readonly child: ChildProcess,
    /** What the browser opens instead of the server's own address. */
    readonly address: string,
    private readonly control: string,
  ) {}

  /** In front of a server such as `127.0.0.1:3210`. The environment's `WEAKLINE` names the built binary. */
  static async start(server: string, profile: ProfileName = 'none'): Promise<WeakLine> {
    const binary = process.env.WEAKLINE;
    if (!binary) throw new Error('WEAKLINE names the built binary: cargo build --release -p weakline');
    // Its standard input is ours to hold: should this process die, the line ends as well.
    const child = spawn(binary, ['--to', server, '--profile', profile], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const told = once(lines, 'line').then(([line]) => JSON.parse(line) as { listen: string; control: string });
    const ended = once(child, 'exit').then(([status]) => Promise.reject(new Error(`weakline ended with ${status}`)));
    // Ending is an error only until it has told its addresses.
    ended.catch(() => {});
    const { listen, control } = await Promise.race([told, ended]);
    return new WeakLine(child, `http://${listen}`, `http://${control}`);
  }

  /** How weak the line is from now on. */
  async profile(profile: ProfileName | Profile): Promise<void> {
    await this.order('POST', '/profile', typeof profile === 'string' ? { name: profile } : profile);
  }

  /** No network: connections are reset, new ones too. `navigator.onLine` knows nothing of it. */
  async down(): Promise<void> {
    await this.fault({ fault: 'down' });
  }

  /** Connected, and not a byte passes. */
  async blackhole(): Promise<void> {
    await this.fault({ fault: 'blackhole' });
  }

  /** Up and out in turns, up first. */
  async flap(up_ms: number, down_ms: number, as: 'down' | 'blackhole' = 'down'): Promise<void> {
    await this.fault({ fault: 'flap', up_ms, down_ms, as });
  }

  /** The network is back; faults of requests stay. */
  async up(): Promise<void> {
    await this.fault({ fault: 'up' });
  }

  /** The connection ends after so many bytes of a request or an answer, counted from its first line. */
  async cut(side: 'request' | 'answer', after: number, how: How = 'rst', on: Which = {}): Promise<void> {
    await this.fault({ fault: 'cut', side, after, how, on });
  }

  /**
   * The server does its work and answers, and the page never hears of it. Where a kept connection breaks, Chromium asks
   * once more by itself, unseen by the page: without `times`, or with 2, the page hears of a failure. `seen` tells.
   */
  async dropAnswer(on: Which = {}, how: How = 'rst'): Promise<void> {
    await this.fault({ fault: 'drop_answer', how, on });
  }

  /** A captive portal: 200 and its page, or a redirect to `to`. */
  async portal(on: Which = {}, to?: string): Promise<void> {
    await this.fault({ fault: 'portal', to, on });
  }

  /** A status from 400 to 599 in plain text; the server hears nothing of the request. */
  async status(status: number, on: Which = {}, retryAfter?: string): Promise<void> {
    await this.fault({ fault: 'status', status, retry_after: retryAfter, on });
  }

  /** As at the start: first profile, network up, no faults, nothing seen. */
  async reset(): Promise<void> {
    await this.order('POST', '/reset');
  }

  async seen(): Promise<Seen> {
    return (await this.order('GET', '/seen')).json();
  }

  /** Counts from zero. */
  async forget(): Promise<void> {
    await this.order('DELETE', '/seen');
  }

  /** Ends it, and waits until it has. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
  }

  private async fault(fault: object): Promise<void> {
    await this.order('POST', '/fault', fault);
  }

  private async order(method: string, path: string, what?: object): Promise<Response> {
    const answer = await fetch(this.control + path, { method, body: what && JSON.stringify(what) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}
