import { afterEach, beforeEach, describe } from 'vitest';
import type { Store } from '../../server/src/app/ports.ts';
import { createWorkspaces } from '../support/store-rows.ts';
import { contactPromises } from './suite/contacts.ts';
import { deliveryPromises } from './suite/deliveries.ts';
import { directoryPromises } from './suite/directory.ts';
import { entryPagePromises } from './suite/entry-pages.ts';
import { entryPromises } from './suite/entries.ts';
import { eventPromises } from './suite/events.ts';
import { idempotencyPromises } from './suite/idempotency.ts';
import { inboundPromises } from './suite/inbound.ts';
import { leasePromises } from './suite/leases.ts';
import { outboxPromises } from './suite/outbox.ts';
import { linkPromises } from './suite/links.ts';
import { recordPromises } from './suite/records.ts';
import { scanPromises } from './suite/scans.ts';
import { transactionPromises } from './suite/transactions.ts';

/** What every store promises. `open` opens an empty one. One with a single connection cannot read while a write is under way. */
export function describeStore(name: string, open: () => Promise<Store>, { readsWhileWriting = true } = {}): void {
  describe(name, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
      await store.write(createWorkspaces);
    });
    afterEach(() => store.close());

    const opened = (): Store => store;
    describe('entries', () => entryPromises(opened));
    describe('pages of entries', () => entryPagePromises(opened));
    describe('events', () => eventPromises(opened));
    describe('contacts', () => contactPromises(opened));
    describe('directory', () => directoryPromises(opened));
    describe('idempotency', () => idempotencyPromises(opened));
    describe('inbound messages and reviews', () => inboundPromises(opened));
    describe('deliveries', () => deliveryPromises(opened));
    describe('outbox', () => outboxPromises(opened));
    describe('records', () => recordPromises(opened));
    describe('links', () => linkPromises(opened));
    describe('scans', () => scanPromises(opened));
    describe('leases', () => leasePromises(opened));
    describe('transactions', () => transactionPromises(opened, { readsWhileWriting }));
  });
}
