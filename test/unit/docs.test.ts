import { readFileSync } from 'node:fs';
import { clientDecisionLabels, decisionLabels } from '@quietlist/contract/decision-codes';
import { itemProblems } from '@quietlist/contract/item-problems';
import { limits } from '@quietlist/contract/limits';
import { problems } from '@quietlist/contract/problems';
import { describe, expect, it } from 'vitest';
import { keywordLists } from '../support/keyword-lists.ts';

const page = (name: string): string => readFileSync(new URL(`../../docs/reference/${name}.md`, import.meta.url), 'utf8');

/** Rows of the tables under a heading, cell by cell. */
function rows(text: string, heading: string): string[][] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return section.split('\n').filter((line) => /^\| `/.test(line)).map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
}

describe('docs/reference/errors.md', () => {
  const text = page('errors');

  it('lists exactly the problems of the registry, as they are', () => {
    expect(rows(text, 'Problems')).toEqual(
      Object.entries(problems).map(([code, { status, retryable, title, hint }]) => [`\`${code}\``, String(status), retryable ? 'yes' : 'no', title, hint]),
    );
  });

  it('lists exactly the problems of items', () => {
    expect(rows(text, 'Items')).toEqual(Object.entries(itemProblems).map(([code, sentence]) => [`\`${code}\``, sentence]));
  });

  it('lists exactly the codes of decisions, those of the service and those of the client', () => {
    const codes = rows(text, 'Decisions').map(([code, label]) => [code, label]);
    expect(codes).toEqual([...Object.entries(decisionLabels), ...Object.entries(clientDecisionLabels)].map(([code, label]) => [`\`${code}\``, label]));
  });
});

describe('docs/reference/limits.md', () => {
  it('lists exactly the limits, with their values', () => {
    const text = page('limits');
    const listed = ['Requests', 'Texts', 'Times', 'Answers'].flatMap((heading) => rows(text, heading)).map(([name, value]) => [name, value]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(Object.entries(limits).map(([name, value]) => [`\`${name}\``, value.toLocaleString('en')])));
    expect(listed).toHaveLength(Object.keys(limits).length);
  });
});

describe('docs/reference/keywords.md', () => {
  it('lists exactly the words of the packs', () => {
    const text = page('keywords');
    expect(text.slice(text.indexOf('\n### ') + 1)).toBe(keywordLists());
  });
});
