import { median, p99, ratio } from './statistics';

export interface Row {
  budget: string;
  what: string;
  figure: string;
  limit: string;
  /** Nothing where there is no limit to hold. */
  held?: boolean;
}

const COLUMNS = ['budget', 'what', 'figure', 'limit', 'held'] as const;

/** What a budget says in milliseconds. The worst of the runs counts. */
export interface Limit {
  must: number;
  aim: number;
}

export const ms = (value: number) => `${Math.round(value).toLocaleString('en')} ms`;

export const bytes = (count: number) => Math.round(count).toLocaleString('en');

/** The median and the worst of several runs, held to a limit where there is one. */
export function times(budget: string, what: string, values: number[], limit?: Limit): Row {
  const worst = p99(values);
  return {
    budget,
    what,
    figure: `${ms(median(values))}, p99 ${ms(worst)} (${values.length} runs)`,
    limit: limit ? `${ms(limit.must)}, aim ${ms(limit.aim)}` : '',
    held: limit && worst <= limit.must,
  };
}

/** Ours over a peer's. */
export function beside(budget: string, what: string, pairs: [number, number][]): Row {
  const { low, median, high } = ratio(pairs);
  const [least, middle, most] = [low, median, high].map((value) => value.toFixed(2));
  return { budget, what, figure: `${middle} × (${least}–${most}, ${pairs.length} pairs)`, limit: '' };
}

export function print(rows: Row[]): void {
  const word = (row: Row, column: (typeof COLUMNS)[number]) =>
    column === 'held' ? (row.held === undefined ? '' : row.held ? 'yes' : 'NO') : row[column];
  const lines = [[...COLUMNS], ...rows.map((row) => COLUMNS.map((column) => word(row, column)))];
  const widths = COLUMNS.map((_, at) => Math.max(...lines.map((line) => line[at].length)));
  for (const line of lines) console.log(line.map((text, at) => text.padEnd(widths[at])).join('  ').trimEnd());
}
