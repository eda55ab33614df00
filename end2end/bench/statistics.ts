// Figures of several runs, and how sure one can be of them.

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** By the nearest rank: of fewer than 100 runs, the worst is the 99th of a hundred. */
export function p99(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1];
}

/** Enough that the ends of the interval no longer move. */
const RESAMPLES = 4000;

/** The median of the ratios of pairs, with its 95 % interval by the bootstrap. */
export function ratio(pairs: [ours: number, theirs: number][]): { low: number; median: number; high: number } {
  const ratios = pairs.map(([ours, theirs]) => ours / theirs);
  // The same sequence each time: the interval is a figure of the data, not of luck.
  let state = 0x2545f491;
  const below = (end: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % end;
  };
  const again = () => median(ratios.map(() => ratios[below(ratios.length)]));
  const medians = Array.from({ length: RESAMPLES }, again).sort((a, b) => a - b);
  const tail = RESAMPLES / 40;
  return { low: medians[tail], median: median(ratios), high: medians[RESAMPLES - 1 - tail] };
}
