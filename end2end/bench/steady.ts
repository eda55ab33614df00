import { createHash } from 'node:crypto';

/** A machine whose own speed moved by more did something else meanwhile. */
const MOVED = 0.15;
const WORK = Buffer.alloc(32 * 1024 * 1024);

/** Runs that were made again, and runs that count although the machine was never still. */
export const unsteady = { dropped: 0, kept: 0 };

/**
 * Measures so often, with a fixed piece of work before and after each time: a run during which the machine changed its
 * speed is made again, each once on average at most.
 */
export async function steadily<T>(times: number, measure: () => Promise<T>): Promise<T[]> {
  // To see that everything works, a few will do.
  const wanted = Math.min(times, Number(process.env.HUIYIN_BENCH_RUNS ?? times));
  const results: T[] = [];
  for (let spare = wanted; results.length < wanted; ) {
    const before = spin();
    const result = await measure();
    const moved = Math.abs(spin() / before - 1) > MOVED;
    if (moved && spare > 0) {
      spare -= 1;
      unsteady.dropped += 1;
      continue;
    }
    if (moved) unsteady.kept += 1;
    results.push(result);
  }
  return results;
}

/** The fastest of three: an interruption is no change of speed. */
function spin(): number {
  const once = () => {
    const begun = performance.now();
    createHash('sha256').update(WORK).digest();
    return performance.now() - begun;
  };
  return Math.min(once(), once(), once());
}
