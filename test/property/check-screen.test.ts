import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { CheckRequest, Recipient } from '@quietlist/contract/check';
import type { AddressInput } from '@quietlist/contract/address';
import { addEntries } from '../../server/src/app/add-entries.ts';
import { check } from '../../server/src/app/check.ts';
import type { Caller } from '../../server/src/app/context.ts';
import { removeEntries } from '../../server/src/app/remove-entries.ts';
import { ensureWorkspace } from '../../server/src/app/workspaces.ts';
import { isOwnKey, mailboxOfOwnKey, parseAddress } from '../../server/src/domain/address/address.ts';
import { sharedMailboxOf } from '../../server/src/domain/person.ts';
import { createPlatform } from '../../server/src/platform.ts';
import type { Store } from '../../server/src/app/ports.ts';
import { openPostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { pick, randomDigits, seeded } from '../unit/address/support/random.ts';
import { validNumbers } from '../unit/address/support/valid-numbers.ts';
import { startPostgres } from '../support/postgres.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const texts = [
  '+5511987654321', '+551187654321', '5511987654321', '+14155552671', '(415) 555-2671', ' +14155552671', '+4915112345678', '01511 2345678', '+5215512345678', '+525512345678',
  'ann.lee@gmail.com', 'annlee@gmail.com', 'Ann.Lee+news@gmail.com', 'annlee@googlemail.com', 'bob+x@outlook.com', 'bob@outlook.com', 'ann@example.com', 'ANN@Example.com',
  '14155552671@s.whatsapp.net', '415', 'who knows', 'US.13491208655302741918',
];
const text = fc.constantFrom(...texts);
const address: fc.Arbitrary<AddressInput> = fc.oneof({ weight: 6, arbitrary: text }, text.map((value) => ({ value })), fc.constantFrom(14_155_552_671, ''));
const person = fc.array(address, { minLength: 1, maxLength: 3 });
const recipient: fc.Arbitrary<Recipient> = fc.oneof({ weight: 6, arbitrary: text }, address, address.map((one) => ({ address: one, ref: 'r' })), person.map((addresses) => ({ addresses })));
const options = fc.option(fc.constantFrom({ defaultCountry: 'DE' }, { defaultCountry: 'US', digits: 'national' as const }), { nil: undefined });
const channel = fc.constantFrom(undefined, 'sms', 'email', 'telegram');

const request: fc.Arbitrary<CheckRequest> = fc
  .record({ recipients: fc.array(recipient, { minLength: 1, maxLength: 12 }), view: fc.constantFrom('all' as const, 'held' as const), addressOptions: options, channel })
  .map(({ channel: asked, addressOptions, ...rest }) => ({ ...rest, ...(asked ? { channel: asked } : {}), ...(addressOptions ? { addressOptions } : {}) }));

type Step = { add: AddressInput[]; isBlock: boolean } | { remove: string } | { ask: CheckRequest; mailboxMatching: boolean };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ add: person, isBlock: fc.boolean() }),
  fc.record({ remove: text }),
  fc.record({ ask: request, mailboxMatching: fc.boolean() }),
  fc.record({ ask: request, mailboxMatching: fc.boolean() }),
);

/** Two stores with the same data: with the key filter, and without. */
interface Both {
  screened: Store;
  plain: Store;
  done(): Promise<void>;
}

async function onFolder(): Promise<Both> {
  const directory = temporaryFolder();
  const screened = await openSqliteStore({ directory, keyFilter: true });
  const plain = await openSqliteStore({ directory });
  await screened.keyFilterBuilt();
  return { screened, plain, done: async () => void (await Promise.all([screened.close(), plain.close()])) };
}

/** One database for all runs, each of which has a workspace of its own. */
let both: Promise<Both & { remove(): Promise<void> }> | null = null;
async function openOnPostgres(): Promise<Both & { remove(): Promise<void> }> {
  const server = await startPostgres();
  const url = await server.createDatabase();
  const screened = await openPostgresStore({ url, keyFilter: true });
  const plain = await openPostgresStore({ url });
  await screened.keyFilterBuilt();
  return { screened, plain, done: async () => {}, remove: async () => void (await Promise.all([screened.close(), plain.close()]), await server.remove()) };
}
const onPostgres = (): Promise<Both> => (both ??= openOnPostgres());
afterAll(async () => (await both)?.remove());

it.each([['SQLite', onFolder, 60], ['PostgreSQL', onPostgres, 40]] as const)('a check that rules out most people at once answers as one that looks everybody up: %s', async (_engine, open, numRuns) => {
  const platform = createPlatform();
  let ruledOut = 0;
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const { screened, plain, done } = await open();
      const workspace = await screened.write((writer) => ensureWorkspace(writer, platform, `main ${(runs += 1)}`));
      const caller: Caller = { workspace, key: { id: 1, name: 'Test', role: 'admin' }, actor: 'key_1' };
      for (const one of steps) {
        if ('add' in one) {
          const entry = { kind: one.isBlock ? ('block' as const) : ('opt_out' as const), addresses: one.add };
          await screened.write((writer) => addEntries(writer, platform, caller, { entries: [entry] }));
        } else if ('remove' in one) {
          await screened.write((writer) => removeEntries(writer, platform, caller, { kind: 'opt_out', addresses: [one.remove], by: 'recipient' }));
        } else {
          const asking: Caller = { ...caller, workspace: { ...workspace, settings: { ...workspace.settings, mailboxMatching: one.mailboxMatching } } };
          const clock = () => 2_000_000_000_000;
          const answer = await check(plain, clock, asking, one.ask);
          expect(await check(screened, clock, asking, one.ask)).toEqual(answer);
          // So many that the store is asked about all at once first.
          const { recipients } = one.ask;
          const many = await check(plain, clock, asking, { ...one.ask, view: 'all', recipients: Array.from({ length: 130 }, (_, index) => recipients[index % recipients.length] as Recipient) });
          const each = await check(plain, clock, asking, { ...one.ask, view: 'all' });
          expect(many.decisions).toEqual(many.decisions.map((_, index) => ({ ...each.decisions[index % recipients.length], index })));
          const screen = await screened.screen?.(workspace.id);
          ruledOut += screen ? texts.length - screen(texts).length : 0;
        }
      }
      await done();
    }),
    { numRuns },
  );
  expect(ruledOut, 'the screen is at work, so the property says something').toBeGreaterThan(500);
}, 120_000);

it('a text that is plainly its own key is read as that key, with that mailbox, under any options: 120,000 random texts', () => {
  const random = seeded(77);
  const numbers = validNumbers(12, 77);
  const domains = ['gmail.com', 'googlemail.com', 'outlook.com', 'proton.me', 'example.com', 'c.us', 's.whatsapp.net', 'xn--bcher-kva.example', 'a.b', 'b--c.example'];
  const ways = [{}, { channel: 'telegram' }, { channel: 'email' }, { channel: 'whatsapp' }, { defaultCountry: 'BR', digits: 'national' as const }, { channel: 'sms', defaultCountry: 'AR' }];
  const localPart = (): string => Array.from({ length: 1 + Math.floor(random() * 9) }, () => pick(random, [...'abcz019.+-_A"é'])).join('');
  let taken = 0;
  for (let run = 0; run < 120_000; run += 1) {
    const number = pick(random, numbers);
    const place = 1 + Math.floor(random() * (number.length - 1));
    const one = random() < 0.5 ? `${localPart()}@${pick(random, domains)}` : number.slice(0, place) + randomDigits(random, Math.floor(random() * 3)) + number.slice(place + Math.floor(random() * 2));
    if (!isOwnKey(one)) continue;
    taken += 1;
    const result = parseAddress(one, pick(random, ways));
    expect(result).toMatchObject({ ok: true, value: { key: one } });
    if (result.ok) expect([one, mailboxOfOwnKey(one)]).toEqual([one, sharedMailboxOf(result.value)]);
  }
  expect(taken).toBeGreaterThan(30_000);
});
