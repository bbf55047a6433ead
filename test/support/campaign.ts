import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const campaignFile = fileURLToPath(new URL('../../examples/data/campaign.csv', import.meta.url));

/** A row of examples/data/campaign.csv. */
export interface Recipient {
  row: string;
  name: string;
  contact: string;
  channel: string;
  sender: string;
  country: string;
  digits: string;
  purpose: string;
}

/** A row of examples/data/expected.csv: `entry` is the number of the entry in suppressions.json that holds the recipient. */
export interface Expected {
  row: string;
  decision: 'allow' | 'suppress' | 'unknown';
  code: string;
  entry: string;
  reason: string;
}

/** What a flow says of one row, in the words of expected.csv. */
export interface Reported {
  row: number;
  decision: string;
  code: string;
}

const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/y;

/** Reads RFC 4180 text with a header row. */
export const parseCsv = (text: string): Array<Record<string, string>> => {
  const lines: string[][] = [[]];
  cell.lastIndex = 0;
  for (let match = cell.exec(text); match !== null && match.index < text.length; match = cell.exec(text)) {
    const [, value = '', end] = match;
    lines.at(-1)!.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end !== ',') lines.push([]);
  }
  const [names = [], ...rows] = lines;
  return rows.filter((row) => row.length > 0).map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
};

const read = (name: string): unknown => parseCsv(readFileSync(new URL(`../../examples/data/${name}`, import.meta.url), 'utf8'));

export const recipients = read('campaign.csv') as Recipient[];
export const expected = read('expected.csv') as Expected[];

/** The expected file in the form in which the flows report, to be compared whole. */
export const expectedReport: Reported[] = expected.map(({ row, decision, code }) => ({ row: Number(row), decision, code }));

/** The rows whose message must arrive at the sink, and no others. */
export const expectedSent: number[] = expected.filter(({ decision }) => decision === 'allow').map(({ row }) => Number(row));
