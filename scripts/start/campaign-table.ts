import type { CampaignReport, CampaignRow } from './campaign.ts';

const email = /^([^@\s]{1,64})@([\p{L}\p{N}.-]+)$/u;

/** Enough to recognise an address, too little to use it: terminals are shared, and their output is kept. */
export const masked = (contact: string): string => {
  const text = contact.replace(/[\p{Cc}\p{Cf}]/gu, '').replace(/\s+/gu, ' ').trim();
  const [, local, domain] = email.exec(text) ?? [];
  if (local !== undefined) return `${[...local].slice(0, 2).join('')}•••@${domain}`;
  const characters = [...text];
  const shown = Math.max(0, Math.min(4, Math.floor((characters.length - 4) / 2)));
  return characters.length === 0 ? '' : `${characters.slice(0, shown).join('')}•••${shown === 0 ? '' : characters.slice(-2).join('')}`;
};

const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
const mark = /\p{M}/u;

/** Columns that a character takes in a terminal. */
const widthOf = (character: string): number => (mark.test(character) ? 0 : wide.test(character) ? 2 : 1);

/** The text in exactly `width` columns: cut with an ellipsis, or filled with spaces. */
export const fitted = (text: string, width: number): string => {
  const characters = [...text];
  const total = characters.reduce((sum, character) => sum + widthOf(character), 0);
  if (total <= width) return text + ' '.repeat(width - total);
  let kept = '';
  let taken = 0;
  for (const character of characters) {
    if (taken + widthOf(character) > width - 1) break;
    kept += character;
    taken += widthOf(character);
  }
  return `${kept}…${' '.repeat(width - 1 - taken)}`;
};

interface Column {
  title: string;
  width: number;
  value(row: CampaignRow): string;
  /** Shown only where the terminal has at least so many columns. */
  from?: number;
}

const columns: Column[] = [
  { title: 'Row', width: 4, value: ({ row }) => String(row).padStart(3) },
  { title: 'Name', width: 20, value: ({ name }) => name },
  { title: 'Channel', width: 9, value: ({ channel }) => channel },
  { title: 'Contact', width: 22, value: ({ contact }) => masked(contact), from: 150 },
  { title: 'Result', width: 19, value: ({ label }) => label },
];

/** The report for people: who was held back and why, then how many. */
export function campaignTable({ counts, reasons, held }: CampaignReport, terminalWidth: number): string {
  const shown = columns.filter(({ from = 0 }) => terminalWidth >= from);
  const whyWidth = Math.max(20, terminalWidth - 1 - shown.reduce((sum, { width }) => sum + width + 1, 0));
  const line = (valueOf: (column: Column) => string, why: string): string =>
    [...shown.map((column) => fitted(valueOf(column), column.width)), fitted(why, whyWidth)].join(' ').trimEnd();
  const sums = [...reasons].sort((one, other) => other.count - one.count).map(({ label, count }) => `  ${String(count).padStart(4)}  ${label}`);
  return [
    line(({ title }) => title, 'Why'),
    '─'.repeat(terminalWidth - 1),
    ...held.map((row) => line(({ value }) => value(row), row.explanation)),
    '',
    `${counts.total} recipients: ${counts.sent} sent, ${counts.held} held back`,
    ...sums,
    '',
  ].join('\n');
}
