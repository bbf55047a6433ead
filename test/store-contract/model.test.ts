import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyList } from '../../server/src/app/default-list.ts';
import type { EntryFilter, Store, StoreReader, StoreWriter } from '../../server/src/app/ports.ts';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { openMemoryStore } from '../support/memory-store.ts';
import { anEntry, anEventDraft, appendEvents, createWorkspaces, otherWorkspaceId, workspaceId } from '../support/store-rows.ts';

type Write = (writer: StoreWriter) => Promise<unknown>;
type Read = (reader: StoreReader) => Promise<unknown>;

const workspace = fc.constantFrom(workspaceId, workspaceId, otherWorkspaceId);
const key = fc.constantFrom('p+1', 'p+12', 'p+2', 'ea@x.de', 'h\u{1F680}', 'h\u{E000}');
const keys = fc.array(key, { maxLength: 4 });
const id = fc.integer({ min: 1, max: 40 });
const ids = fc.array(id, { maxLength: 4 });
const instant = fc.integer({ min: 0, max: 20 });
const scope = fc.constantFrom(null, 'sms', 'email');
const text = fc.oneof(fc.constantFrom('', 'x', "'"), fc.string({ unit: 'grapheme', maxLength: 6 }));

const entry = fc
  .record({
    id, key, kind: fc.constantFrom('block', 'opt_out'), list: fc.constantFrom('default', 'lst_1'), channel: scope, sender: fc.constantFrom(null, 'snd_1'),
    mailbox: fc.constantFrom(null, 'm1', 'm2'), note: fc.option(text), expiresAt: fc.option(instant), createdAt: instant, batch: fc.constantFrom(null, 'b'),
    purpose: fc.constantFrom('marketing', 'all'), reason: fc.constantFrom('opt_out', 'legal'), unverified: fc.boolean(),
    evidence: fc.dictionary(text, fc.oneof(text, fc.boolean(), fc.integer())),
  } as const)
  .map((fields) => anEntry({ ...fields, list: fields.kind === 'block' ? null : fields.list }));
const entries = fc.array(entry, { minLength: 1, maxLength: 3 });

const draft = fc
  .record({ id, key, at: instant, before: fc.jsonValue({ maxDepth: 2 }), after: fc.jsonValue({ maxDepth: 2 }), batch: fc.option(text) })
  .map((fields) => anEventDraft(fields));
const name = fc.constantFrom('a', 'b', 'Default');

const writeSteps: fc.Arbitrary<Write> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(workspace, entries).map(([w, rows]): Write => (writer) => writer.entries.insert(w, rows)) },
  fc.tuple(workspace, entries).map(([w, rows]): Write => (writer) => writer.entries.update(w, rows)),
  fc.tuple(workspace, fc.array(fc.record({ id, key }), { maxLength: 4 }), instant, fc.constantFrom('removed', 'expired')).map(([w, some, at, as]): Write => (writer) => writer.entries.end(w, some, at, as)),
  fc.tuple(workspace, fc.array(draft, { maxLength: 3 })).map(([w, drafts]): Write => (writer) => appendEvents(writer, w, drafts)),
  fc.tuple(workspace, fc.integer({ min: 1, max: 3 }), fc.uniqueArray(key, { maxLength: 3 })).map(([w, contactId, some]): Write => (writer) =>
    writer.contacts.put(w, some.map((one) => ({ contactId, key: one, address: one, addressKind: 'handle' })))),
  fc.tuple(workspace, keys).map(([w, some]): Write => (writer) => writer.contacts.remove(w, some)),
  fc.tuple(workspace, fc.constantFrom('lst_1', 'lst_2'), name, instant).map(([w, list, called, createdAt]): Write => (writer) =>
    writer.directory.putList(w, { ...emptyList, id: list, name: called, createdAt })),
  fc.tuple(workspace, fc.constantFrom('snd_1', 'snd_2'), name, fc.integer({ min: 1, max: 2 })).map(([w, sender, called, channelId]): Write => (writer) =>
    writer.directory.putSender(w, { id: sender, name: called, channel: 'sms', channelId, createdAt: 1 })),
  fc.tuple(fc.integer({ min: 1, max: 2 }), name, instant).map(([keyId, idempotencyKey, createdAt]): Write => (writer) =>
    writer.idempotency.insert({ keyId, idempotencyKey, fingerprint: 'f', status: 200, body: '{}', createdAt })),
  instant.map((at): Write => (writer) => writer.idempotency.deleteBefore(at)),
  fc.constant<Write>(async () => { throw new Error('the work fails'); }),
);

const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const filter = fc
  .record({
    kind: optional(fc.constantFrom('block', 'opt_out')), status: optional(fc.constantFrom('active', 'expired', 'removed', 'any')),
    list: optional(fc.constantFrom('default', 'lst_1')), sender: optional(fc.constant('snd_1')), channel: optional(fc.constantFrom('sms', 'email')),
    keyPrefix: optional(fc.constantFrom('p', 'p+1', 'h', 'h\u{1F680}')), createdFrom: optional(instant), createdTo: optional(instant), batch: optional(fc.constant('b')),
  } as const)
  .map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as EntryFilter);
const after = fc.option(fc.record({ key, id }));

/** Rows of an answer whose order is not promised. */
const sorted = async (rows: Promise<Array<{ id: number }>>) => (await rows).sort((a, b) => a.id - b.id);

const reads: fc.Arbitrary<Read> = fc.oneof(
  fc.tuple(workspace, keys).map(([w, some]): Read => (reader) => sorted(reader.entries.findOpen(w, some))),
  fc.tuple(workspace, ids).map(([w, some]): Read => (reader) => sorted(reader.entries.findByIds(w, some))),
  fc.tuple(workspace, key).map(([w, one]): Read => (reader) => reader.entries.findByKey(w, one, 3)),
  workspace.map((w): Read => (reader) => sorted(reader.entries.findOpenByMailbox(w, ['m1', 'm2']))),
  { weight: 6, arbitrary: fc.tuple(workspace, filter, fc.constantFrom('createdAt', '-createdAt', 'address', '-address'), fc.integer({ min: 1, max: 5 }), after, instant)
    .map(([w, asked, sort, limit, start, now]): Read => (reader) => reader.entries.page(w, asked, sort, limit, start, now)) },
  fc.tuple(workspace, instant).map(([w, now]): Read => (reader) => reader.entries.countOpenByList(w, now)),
  fc.tuple(workspace, instant).map(([w, now]): Read => (reader) => reader.entries.hasOpenOfSender(w, 'snd_1', now)),
  instant.map((now): Read => (reader) => reader.entries.findDue(now, 3)),
  fc.tuple(workspace, key).map(([w, one]): Read => (reader) => reader.events.timeline(w, one, 3)),
  fc.tuple(workspace, keys, instant).map(([w, some, at]): Read => (reader) => sorted(reader.events.until(w, some, at))),
  fc.tuple(workspace, keys).map(([w, some]): Read => (reader) => reader.contacts.findLinked(w, some)),
  workspace.map((w): Read => (reader) => reader.directory.lists(w)),
  workspace.map((w): Read => (reader) => reader.directory.senders(w)),
);

type Command = { write: Write[] } | { read: Read };
const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.array(writeSteps, { minLength: 1, maxLength: 3 }).map((write): Command => ({ write })) },
    { weight: 4, arbitrary: reads.map((read): Command => ({ read })) },
  ),
  { minLength: 5, maxLength: 40 },
);

/** The answer, or the name of the error. */
const outcome = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => (error instanceof Error ? error.name : error));

const run = (store: Store, command: Command): Promise<unknown> =>
  'read' in command
    ? outcome(command.read(store))
    : outcome(store.write(async (writer) => {
        const answers: unknown[] = [];
        for (const step of command.write) answers.push(await step(writer));
        return answers;
      }));

it('answers any course of reads and writes as the model does', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (course) => {
      const directory = await mkdtemp(join(tmpdir(), 'quietlist-store-'));
      const stores = [openMemoryStore(), await openSqliteStore({ directory })] as const;
      try {
        for (const store of stores) await store.write(createWorkspaces);
        for (const command of course) {
          const [expected, actual] = [await run(stores[0], command), await run(stores[1], command)];
          expect(actual).toEqual(expected);
        }
      } finally {
        for (const store of stores) await store.close();
        await rm(directory, { recursive: true });
      }
    }),
    { numRuns: 80 },
  );
});
