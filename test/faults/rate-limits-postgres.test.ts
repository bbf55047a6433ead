import { afterAll, beforeAll, expect, it } from 'vitest';
import { RateLimits } from '../../server/src/app/rate-limits.ts';
import type { Store } from '../../server/src/app/ports.ts';
import { openPostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';

let server: PostgresServer;
let stores: Store[];
beforeAll(async () => {
  server = await startPostgres();
  const url = await server.createDatabase();
  stores = [await openPostgresStore({ url }), await openPostgresStore({ url }), await openPostgresStore({ url })];
});
afterAll(async () => {
  for (const store of stores) await store.close();
  await server.remove();
});

it('lets three servers on one database let through no more together than one may, however they race', async () => {
  const servers = stores.map((store) => new RateLimits(store, () => Date.UTC(2026, 2, 3), 5));
  for (const keyId of [1, 2, 3]) {
    const taken = await Promise.allSettled(Array.from({ length: 150 }, (_, turn) => (servers[turn % servers.length] as RateLimits).take(keyId)));
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    for (const one of taken) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'rate-limited', retryAfterSeconds: 10 });
  }
});
