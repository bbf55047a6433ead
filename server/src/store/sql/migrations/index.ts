import type { Migration } from 'kysely/migration';
import type { SchemaDialect } from '../dialect.ts';
import { tables } from './0001-tables.ts';
import { optingOut } from './0002-opting-out.ts';
import { outbox } from './0003-outbox.ts';
import { links } from './0004-links.ts';
import { connections } from './0005-connections.ts';
import { deliveries } from './0006-deliveries.ts';

/** Every migration by name, in the order of the names. A released one is never changed: a change is a new one. */
export const migrations = (schema: SchemaDialect): Record<string, Migration> => ({
  '0001-tables': tables(schema),
  '0002-opting-out': optingOut(schema),
  '0003-outbox': outbox(schema),
  '0004-links': links(schema),
  '0005-connections': connections(),
  '0006-deliveries': deliveries(schema),
});
