import { rounded } from '../support/report.ts';

/** One line of the table. */
export interface Row {
  what: string;
  value: number;
  unit: string;
  /** What DESIGN §9 asks for. */
  goal?: { least: number } | { most: number };
}

const goalText = (goal: NonNullable<Row['goal']>): string => ('least' in goal ? `≥ ${rounded(goal.least)}` : `≤ ${rounded(goal.most)}`);
const isMet = ({ value, goal }: Row): boolean => goal === undefined || ('least' in goal ? value >= goal.least : value <= goal.most);

export const cellsOf = (row: Row): string[] => [row.what, rounded(row.value), row.unit, row.goal ? goalText(row.goal) : '', row.goal ? (isMet(row) ? 'met' : 'missed') : ''];

/** 100000 as “100 k”, 10000000 as “10 M”. */
export const sizeText = (entries: number): string => (entries >= 1e6 ? `${entries / 1e6} M` : `${entries / 1e3} k`);
