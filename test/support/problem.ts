import { problems, type ProblemCode } from '@quietlist/contract/problems';
import { isProblem } from '@quietlist/contract/validators';
import { expect } from 'vitest';
import type { Answer } from './service.ts';

/** Holds an answer against the registry of problems, and against what no problem may carry. */
export function expectProblem(answer: Answer, code: ProblemCode, pointer?: string): void {
  expect({ code: answer.body.code, status: answer.status }).toEqual({ code, status: problems[code].status });
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(isProblem(answer.body)).toBe(true);
  expect(answer.body).toMatchObject({ type: `/docs#${code}`, title: problems[code].title, hint: problems[code].hint, retryable: problems[code].retryable });
  expect(JSON.stringify(answer.body)).not.toMatch(/\bat .*\.(ts|js):\d|node_modules|SQLITE|ql_live_/);
  if (pointer !== undefined) expect(answer.body.errors?.[0]?.pointer).toBe(pointer);
}
