import type { Kysely } from 'kysely';
import type { StoreReader, StoreWriter } from '../../app/ports.ts';
import { contactReader, contactWriter } from './contacts.ts';
import type { SqlDialect } from './dialect.ts';
import { deliveryReader, deliveryWriter } from './deliveries.ts';
import { directoryReader } from './directory.ts';
import { directoryWriter } from './directory-writer.ts';
import { entryReader } from './entries.ts';
import { entryWriter } from './entry-writer.ts';
import { eventReader, eventWriter } from './events.ts';
import { idempotencyWriter } from './idempotency.ts';
import { leaseWriter } from './leases.ts';
import { linkReader, linkWriter } from './links.ts';
import { markReader, markWriter } from './marks.ts';
import { messageReader, messageWriter } from './messages.ts';
import { outboxReader, outboxWriter } from './outbox.ts';
import { recordReader, recordWriter } from './records.ts';
import { reviewReader, reviewWriter } from './reviews.ts';
import type { Database } from './tables.ts';

/** Reads what is committed. */
export const sqlReader = (db: Kysely<Database>, dialect: SqlDialect): StoreReader => ({
  entries: entryReader(db, dialect),
  events: eventReader(db, dialect),
  contacts: contactReader(db, dialect),
  directory: directoryReader(db, dialect),
  records: recordReader(db, dialect),
  messages: messageReader(db, dialect),
  reviews: reviewReader(db, dialect),
  outbox: outboxReader(db, dialect),
  deliveries: deliveryReader(db, dialect),
  links: linkReader(db),
  marks: markReader(db),
});

/** Reads and writes inside the transaction that `db` is in. */
export const sqlWriter = (db: Kysely<Database>, dialect: SqlDialect): StoreWriter => ({
  entries: entryWriter(db, dialect),
  events: eventWriter(db, dialect),
  contacts: contactWriter(db, dialect),
  directory: directoryWriter(db, dialect),
  records: recordWriter(db, dialect),
  messages: messageWriter(db, dialect),
  reviews: reviewWriter(db, dialect),
  outbox: outboxWriter(db, dialect),
  deliveries: deliveryWriter(db, dialect),
  links: linkWriter(db, dialect),
  marks: markWriter(db),
  idempotency: idempotencyWriter(db),
  leases: leaseWriter(db),
});
