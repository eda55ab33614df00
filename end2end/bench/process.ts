import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A server in a process of its own, which says on a line of its output that it listens. */
export class Served {
  private constructor(
    private readonly child: ChildProcess,
    /** The first line that is not empty. */
    readonly said: string,
  ) {}

  static async start(command: string, args: string[]): Promise<Served> {
    // Its standard input is ours to hold: should this process die, what listens to it ends as well.
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, HUIYIN_LOG: 'warn' },
    });
    const ended = once(child, 'exit').then(([status]) => Promise.reject(new Error(`${command} ended with ${status}`)));
    // Ending is an error only until it has said where it listens.
    ended.catch(() => {});
    return new Served(child, await Promise.race([firstLine(child), ended]));
  }

  /** Ends it, and waits until it has. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  // What it says later is nobody's, and must not fill the pipe.
  const lines = createInterface({ input: child.stdout! });
  return new Promise((done) => lines.on('line', (line) => line.trim() && done(line.trim())));
}
