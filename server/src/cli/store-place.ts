import type { StorePlace } from '../store/open-store.ts';
import { dataDirectory } from './arguments.ts';
import { UsageError } from './io.ts';

/** The words with which every command that opens the store is told where it is. */
export const storeArguments = { data: { type: 'string' }, 'database-url': { type: 'string' } } as const;

export const storeHelp = `  The data is in the folder of --data (QUIETLIST_DATA, else ./quietlist-data), or in the PostgreSQL database of --database-url or DATABASE_URL.`;

type Environment = Record<string, string | undefined>;

export const isDatabaseUrl = (text: string): boolean => /^postgres(?:ql)?:\/\//.test(text);

/** A database URL that can be read. It is never quoted: it may hold a password. */
export function databaseUrl(text: string, name: string): string {
  if (!isDatabaseUrl(text) || !URL.canParse(text)) throw new UsageError(`${name} takes a URL such as postgres://user:password@host:5432/quietlist.`);
  return text;
}

function numberOf(text: string | undefined, name: string, least: number, most: number): number | undefined {
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw new UsageError(`${name} takes a number from ${least} to ${most}.`);
  return value;
}

/** Where the data is. What is said with the command counts before the environment, and a URL before a folder. */
export function storePlace(values: { data?: string | undefined; 'database-url'?: string | undefined }, env: Environment): StorePlace {
  if (values.data !== undefined && values['database-url'] !== undefined) throw new UsageError('Give --data or --database-url, not both.');
  const fromEnvironment = values.data === undefined ? env['DATABASE_URL'] || undefined : undefined;
  const given = values['database-url'] ?? fromEnvironment;
  if (given === undefined) return { engine: 'sqlite', directory: dataDirectory(values.data, env) };
  const replica = env['QUIETLIST_REPLICA_URL'] || undefined;
  const poolSize = numberOf(env['QUIETLIST_POOL_SIZE'], 'QUIETLIST_POOL_SIZE', 1, 1_000);
  const maxReplicaLagMs = numberOf(env['QUIETLIST_MAX_REPLICA_LAG_MS'], 'QUIETLIST_MAX_REPLICA_LAG_MS', 0, 60_000);
  return {
    engine: 'postgres',
    url: databaseUrl(given, values['database-url'] === undefined ? 'DATABASE_URL' : '--database-url'),
    ...(replica === undefined ? {} : { replicaUrl: databaseUrl(replica, 'QUIETLIST_REPLICA_URL') }),
    ...(poolSize === undefined ? {} : { poolSize }),
    ...(maxReplicaLagMs === undefined ? {} : { maxReplicaLagMs }),
  };
}
