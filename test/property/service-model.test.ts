import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addEntries } from '../../server/src/app/add-entries.ts';
import { check } from '../../server/src/app/check.ts';
import type { Caller } from '../../server/src/app/context.ts';
import { expireEntries } from '../../server/src/app/expire-entries.ts';
import { getAddress } from '../../server/src/app/get-address.ts';
import { createList } from '../../server/src/app/lists.ts';
import type { Store } from '../../server/src/app/ports.ts';
import { removeEntries } from '../../server/src/app/remove-entries.ts';
import { ensureWorkspace } from '../../server/src/app/workspaces.ts';
import { createPlatform } from '../../server/src/platform.ts';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { SuppressionModel, type ModelAdd, type ModelCheck, type ModelRemove } from '../support/suppression-model.ts';

const addresses = ['+14155552671', '+4915112345678', 'ann@example.com'];
const channels = ['sms', 'whatsapp'];
const lists = ['default', 'News'];

/** The real use cases on a real SQLite file, and what was seen at past instants. */
class Real {
  readonly directory = mkdtempSync(join(tmpdir(), 'quietlist-model-'));
  readonly platform = createPlatform(() => this.now);
  readonly seen: Array<{ at: number; held: boolean[] }> = [];
  now = Date.UTC(2026, 0, 1);
  store!: Store;
  caller!: Caller;

  async open(): Promise<this> {
    this.store = await openSqliteStore({ directory: this.directory });
    this.caller ??= await this.store.write(async (writer) => {
      const workspace = await ensureWorkspace(writer, this.platform, 'main');
      const caller: Caller = { workspace, key: { id: 1, name: 'Model', role: 'admin' }, actor: 'key_1' };
      await createList(writer, this.platform, caller, { name: 'News' });
      return caller;
    });
    return this;
  }

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.directory, { recursive: true });
  }

  async held(request: ModelCheck & { asOf?: string }): Promise<boolean[]> {
    const { decisions } = await check(this.store, this.platform.clock, this.caller, { recipients: addresses, ...request });
    return decisions.map(({ decision }) => decision === 'suppress');
  }
}

type Command = fc.AsyncCommand<SuppressionModel, Real>;
const command = (name: string, run: (model: SuppressionModel, real: Real) => Promise<void>): Command => ({
  check: () => true,
  toString: () => name,
  async run(model, real) {
    model.now = real.now += 1;
    await run(model, real);
  },
});
const text = (value: object): string => JSON.stringify(value);

const add = (items: ModelAdd[]): Command =>
  command(`add ${text(items)}`, async (model, real) => {
    const entries = items.map(({ end, ...item }) => ({ ...item, ...(end === undefined ? {} : { expiresAt: new Date(real.now + end).toISOString() }) }));
    const { results } = await real.store.write((writer) => addEntries(writer, real.platform, real.caller, { entries }));
    expect(results.map(({ outcome }) => outcome)).toEqual(items.map((item) => model.add({ ...item, ...(item.end === undefined ? {} : { end: real.now + item.end }) })));
  });

const remove = (request: ModelRemove): Command =>
  command(`remove ${text(request)}`, async (model, real) => {
    const { address, ...scope } = request;
    const { results } = await real.store.write((writer) => removeEntries(writer, real.platform, real.caller, { ...scope, addresses: [address], by: 'recipient' }));
    const before = model.count(address);
    expect(results[0]?.outcome).toBe(model.remove(request));
    expect(results[0]?.entries.length).toBe(before - model.count(address));
  });

const ask = (request: ModelCheck): Command =>
  command(`check ${text(request)}`, async (model, real) => {
    expect(await real.held(request)).toEqual(addresses.map((address) => model.holds(address, request)));
  });

const remember = command('remember', async (model, real) => {
  real.seen.push({ at: real.now, held: addresses.map((address) => model.holds(address, {})) });
});
const recall = (which: number): Command =>
  command(`recall ${which}`, async (_model, real) => {
    const past = real.seen[which % Math.max(1, real.seen.length)];
    if (past) expect(await real.held({ asOf: new Date(past.at).toISOString() })).toEqual(past.held);
  });
const wait = (durationMs: number): Command =>
  command(`wait ${durationMs}`, async (model, real) => {
    model.now = real.now += durationMs;
  });
const expire = command('expire', async (_model, real) => {
  await expireEntries(real.store, real.platform);
});
const restart = command('restart', async (_model, real) => {
  await real.store.close();
  await real.open();
});
const look = command('look at every history', async (model, real) => {
  for (const address of addresses) {
    const { historyIntact, entries, events } = await getAddress(real.store, real.platform, real.caller, address, {});
    expect(historyIntact).toBe(true);
    expect(entries.filter(({ status }) => status === 'active')).toHaveLength(model.count(address));
    expect(new Set(events.filter(({ action }) => action === 'added').map(({ entry }) => entry)).size).toBe(entries.length);
  }
});


const item: fc.Arbitrary<ModelAdd> = fc
  .record(
    {
      kind: fc.constantFrom('block' as const, 'opt_out' as const),
      address: fc.constantFrom(...addresses),
      channel: fc.constantFrom(...channels, null),
      list: fc.constantFrom(...lists),
      purpose: fc.constantFrom('marketing' as const, 'all' as const),
      direction: fc.constantFrom('outbound' as const, 'inbound' as const, 'both' as const),
      by: fc.constantFrom('recipient' as const, 'operator' as const, 'system' as const),
      end: fc.integer({ min: -1, max: 20 }),
    },
    { requiredKeys: ['kind', 'address'] },
  )
  .map(({ list, ...rest }) => (rest.kind === 'block' || list === undefined ? rest : { ...rest, list }));
const removal: fc.Arbitrary<ModelRemove> = fc
  .record({ kind: fc.constantFrom('block' as const, 'opt_out' as const), address: fc.constantFrom(...addresses), channel: fc.constantFrom(...channels, null), lists: fc.uniqueArray(fc.constantFrom(...lists, '*'), { minLength: 1 }) }, { requiredKeys: ['kind', 'address'] })
  .map(({ lists: named, ...rest }) => (rest.kind === 'block' || named === undefined ? rest : { ...rest, lists: named }));
const question: fc.Arbitrary<ModelCheck> = fc.record(
  { channel: fc.constantFrom(...channels), purpose: fc.constantFrom('marketing' as const, 'transactional' as const), direction: fc.constantFrom('outbound' as const, 'inbound' as const), lists: fc.uniqueArray(fc.constantFrom(...lists), { maxLength: 2 }) },
  { requiredKeys: [] },
);

const commands = fc.commands(
  [
    fc.array(item, { minLength: 1, maxLength: 4 }).map(add),
    fc.array(item, { minLength: 1, maxLength: 4 }).map(add),
    removal.map(remove),
    question.map(ask),
    question.map(ask),
    fc.constant(remember),
    fc.nat(20).map(recall),
    fc.integer({ min: 1, max: 15 }).map(wait),
    fc.constant(expire),
    fc.constant(restart),
    fc.constant(look),
  ],
  { maxCommands: 40, size: 'max' },
);

it('does what a plain map would do, whatever is added, removed, waited for and restarted', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (run) => {
      const real = await new Real().open();
      const model = new SuppressionModel();
      try {
        await fc.asyncModelRun(() => ({ model, real }), run);
        model.now = real.now;
        await look.run(model, real);
      } finally {
        await real.close();
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);
