import type { Store } from '../../server/src/app/ports.ts';
import { createKey } from '../../server/src/app/keys.ts';
import { rekey } from '../../server/src/app/rekey.ts';
import { ensureWorkspace } from '../../server/src/app/workspaces.ts';
import { parseAddress } from '../../server/src/domain/address/address.ts';
import type { Entry } from '../../server/src/domain/entry.ts';
import { chainEvents } from '../../server/src/domain/history.ts';
import { completeEntry } from '../../server/src/domain/new-entry.ts';
import { mailboxOf } from '../../server/src/domain/person.ts';
import { createPlatform } from '../../server/src/platform.ts';
import { personOf } from './people.ts';

export interface Filled {
  /** Secret of an admin key. */
  key: string;
  rowsPerSecond: number;
}

const rowsPerWrite = 20_000;
/** Rows that are put in order before they are written: a random place in the index for each of ten million would take the time of the disk. */
const rowsPerBlock = 1_000_000;

const platform = createPlatform();

/** The opt-out of the n-th person, as adding it makes it. */
function entryOf(number: number, now: number): Entry {
  const template = completeEntry({ kind: 'opt_out' }, { list: null, sender: null }, null, undefined, now);
  const result = parseAddress(personOf(number));
  if (typeof template === 'string' || !result.ok) throw new Error('An invented person cannot be read.');
  const { key, address, kind } = result.value;
  return { ...template, id: platform.ids.next(), key, mailbox: mailboxOf(result.value), address, addressKind: kind, unverified: false };
}

/** Fills an empty store with the first `listed` people, each with the line of its history, below the use case: nothing can be there yet. */
export async function fill(store: Store, listed: number): Promise<Filled> {
  await rekey(store, platform, () => undefined);
  const workspace = await store.write((writer) => ensureWorkspace(writer, platform, 'bench'));
  const key = await store.write(async (writer) => (await createKey(writer, platform, workspace, { name: 'bench', role: 'admin' })).secret);
  const began = performance.now();
  for (let block = 0; block < listed; block += rowsPerBlock) {
    const numbers = Array.from({ length: Math.min(rowsPerBlock, listed - block) }, (_, index) => block + index);
    const people = numbers.map((number) => ({ number, text: personOf(number) })).sort((a, b) => (a.text < b.text ? -1 : 1));
    for (let start = 0; start < people.length; start += rowsPerWrite) {
      const now = platform.clock();
      const entries = people.slice(start, start + rowsPerWrite).map(({ number }) => entryOf(number, now));
      const drafts = entries.map((entry) => ({ id: entry.id, key: entry.key, at: now, actor: 'bench', action: 'added' as const, entryId: entry.id, before: null, after: entry, batch: null, reason: entry.reason }));
      await store.write(async (writer) => {
        await writer.entries.insert(workspace.id, entries);
        await writer.events.append(workspace.id, chainEvents(drafts, new Map(), platform.digest));
      });
    }
    process.stderr.write(`\rfilling: ${Math.min(block + rowsPerBlock, listed).toLocaleString('en-US')} of ${listed.toLocaleString('en-US')} entries`);
  }
  process.stderr.write('\n');
  return { key, rowsPerSecond: listed / ((performance.now() - began) / 1_000) };
}
