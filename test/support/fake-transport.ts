import type { CheckRequest, CheckResponse } from '@quietlist/contract/check';
import type { AddEntriesRequest, RemoveEntriesRequest } from '@quietlist/contract/entry';
import type { CreateLinksRequest } from '@quietlist/contract/link';
import type { Problem } from '@quietlist/contract/problem';
import { problems, type ProblemCode } from '@quietlist/contract/problems';
import { QuietlistClient, type ClientOptions } from '@quietlist/client/client';
import type { Transport, TransportRequest, TransportResponse } from '@quietlist/client/transport';

export type Answer = TransportResponse | Error | ((request: TransportRequest) => TransportResponse | Promise<TransportResponse>);

export interface FakeTransport extends Transport {
  requests: TransportRequest[];
}

/** Gives the answers one after another, the last one again and again; remembers what was sent as it would go over the wire. */
export const fakeTransport = (...answers: Answer[]): FakeTransport => {
  const requests: TransportRequest[] = [];
  return {
    requests,
    async send(request) {
      const answer = answers[Math.min(requests.length, answers.length - 1)]!;
      requests.push(structuredClone(request));
      if (answer instanceof Error) throw answer;
      return typeof answer === 'function' ? answer(request) : answer;
    },
  };
};

/** A clock that only moves when somebody sleeps, or when told. */
export const fakeClock = (start = Date.UTC(2026, 2, 3)) => {
  const clock = {
    time: start,
    sleeps: [] as number[],
    now: () => clock.time,
    sleep: async (milliseconds: number) => {
      clock.sleeps.push(milliseconds);
      clock.time += milliseconds;
    },
  };
  return clock;
};

export const clientWith = (transport: Transport, options: Partial<ClientOptions> = {}): QuietlistClient => {
  const clock = fakeClock();
  return new QuietlistClient({ transport, now: clock.now, sleep: clock.sleep, random: () => 0.5, createId: () => 'random-id', ...options });
};

export const ok = (body: unknown): TransportResponse => ({ status: 200, headers: {}, body });

export const problem = (code: ProblemCode, more: Partial<Problem> = {}, headers: Record<string, string> = {}): TransportResponse => {
  const { status, title, hint, retryable } = problems[code];
  return { status, headers, body: { type: 'about:blank', title, status, code, detail: `${title}.`, hint, retryable, requestId: 'req_1', ...more } };
};

/** What a right service answers: the places in `held` are suppressed, those in `unknown` unreadable, everybody else is clear. */
export const checkAnswer = (request: CheckRequest, held: number[] = [], unknown: number[] = []): CheckResponse => {
  const total = request.recipients.length;
  return {
    view: 'held',
    decisions: [
      ...held.map((index) => ({ index, decision: 'suppress' as const, mayContact: false, code: 'blacklisted', label: 'Blacklisted', explanation: 'Blacklisted.', matched: [] })),
      ...unknown.map((index) => ({ index, decision: 'unknown' as const, mayContact: false, code: 'unreadable', label: 'Unreadable address', explanation: 'Unreadable.', matched: [] })),
    ],
    counts: { total, allow: total - held.length - unknown.length, suppress: held.length, unknown: unknown.length },
    evaluated: {
      channel: request.channel ?? null, sender: request.sender ?? null, purpose: request.purpose ?? 'marketing',
      direction: request.direction ?? 'outbound', lists: request.lists ?? null, asOf: request.asOf ?? null,
    },
    checkedAt: '2026-03-03T00:00:00.000Z',
  };
};

/** Answers every check; `blocked` says who is suppressed. */
export const checkService = (blocked: (recipient: CheckRequest['recipients'][number]) => boolean = () => false) => (request: TransportRequest): TransportResponse => {
  const body = request.body as CheckRequest;
  return ok(checkAnswer(body, body.recipients.flatMap((recipient, index) => (blocked(recipient) ? [index] : []))));
};

export const addService = (request: TransportRequest): TransportResponse => {
  const body = request.body as AddEntriesRequest;
  return ok({
    results: body.entries.map((_, index) => ({ index, outcome: 'added', entries: [`ent_${index}`] })),
    counts: { added: body.entries.length, unchanged: 0, widened: 0, invalid: 0 },
    batch: body.batch ?? null,
  });
};

export const removeService = (request: TransportRequest): TransportResponse => {
  const body = request.body as RemoveEntriesRequest;
  const sent = body.addresses?.length ?? 0;
  return ok({
    results: Array.from({ length: sent }, (_, index) => ({ index, outcome: 'removed', entries: [`ent_${index}`], remaining: 0 })),
    counts: { removed: sent, absent: 0, invalid: 0 },
    dryRun: body.dryRun ?? false,
    batch: body.batch ?? null,
  });
};

export const linkService = (request: TransportRequest): TransportResponse => {
  const { links } = request.body as CreateLinksRequest;
  return ok({
    results: links.map((_, index) => {
      const url = `https://quietlist.example.com/u/${index}`;
      return { index, url, headers: { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'List-Id': '<default.example.com>' } };
    }),
  });
};
