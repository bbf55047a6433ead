import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailable, type Store } from '../../server/src/app/ports.ts';
import { freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let fault: Error | null = null;

/** Fails every look-up of entries and every write while there is a fault; authentication goes on. */
const wrapStore = (store: Store): Store => ({
  ...store,
  entries: {
    ...store.entries,
    findOpen: async (...request) => {
      if (fault) throw fault;
      return store.entries.findOpen(...request);
    },
  },
  write: async (work) => {
    if (fault) throw fault;
    return store.write(work);
  },
  ping: async () => {
    if (fault) throw fault;
    return store.ping();
  },
});

beforeAll(async () => {
  service = await startService({ wrapStore });
});
beforeEach(() => {
  fault = null;
});
afterAll(() => service.stop());

const check = (recipients: string[]) => service.call('POST', '/v1/checks', { recipients });

describe('a store that cannot answer', () => {
  it('makes a check unavailable, never an allow, and says when to ask again', async () => {
    const phone = freshPhone();
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: phone }] });
    fault = new StoreUnavailable('locked');
    const answer = await check([phone, freshPhone()]);
    expectProblem(answer, 'check-unavailable');
    expect(answer.body.decisions).toBeUndefined();
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    fault = null;
    expect((await check([phone])).body.decisions[0].decision).toBe('suppress');
  });

  it('acknowledges no write, keeps nothing of it, and takes it with the same key once it can', async () => {
    const phone = freshPhone();
    const send = () => service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: phone }] }, { headers: { 'idempotency-key': `fault-${phone}` } });
    for (const [error, code] of [[new StoreUnavailable('io'), 'store-unavailable'], [new StoreUnavailable('full', { full: true }), 'storage-full']] as const) {
      fault = error;
      const answer = await send();
      expectProblem(answer, code);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    fault = null;
    expect((await check([phone])).body.decisions[0].decision).toBe('allow');
    expect((await send()).body.results[0].outcome).toBe('added');
  });

  it('is not ready, but alive', async () => {
    fault = new StoreUnavailable('io');
    expectProblem(await service.call('GET', '/ready', undefined, { key: null }), 'check-unavailable');
    expect((await service.call('GET', '/health', undefined, { key: null })).status).toBe(200);
    fault = null;
    expect((await service.call('GET', '/ready', undefined, { key: null })).status).toBe(200);
  });

  it('is never an allow whatever breaks', async () => {
    for (const error of [new TypeError('x'), new RangeError('Maximum call stack size exceeded'), Object.assign(new Error('x'), { statusCode: 200 }), Object.assign(new Error('x'), { statusCode: 404, code: 'ENOENT' })]) {
      fault = error;
      const answer = await check([freshPhone()]);
      expect(answer.status).toBeGreaterThanOrEqual(500);
      expect(answer.body.decisions).toBeUndefined();
    }
  });
});
