import type { StorePlace } from '../store/open-store.ts';
import { UsageError, type Io } from './io.ts';

export const keyFilterArguments = { 'key-filter': { type: 'string' } } as const;

export const keyFilterHelp = `  --key-filter on|off (QUIETLIST_KEY_FILTER: a filter of the stored keys in memory, 2 bytes a key, which spares checks most look-ups;
  without it on for a folder, and off for a database, where it takes PostgreSQL on one server),`;

/** Whether to keep the filter. A database is only changed for it when somebody says so. */
export function readKeyFilter(values: { 'key-filter'?: string | undefined }, env: Io['env'], { engine }: StorePlace): boolean {
  const given = values['key-filter'] ?? (env['QUIETLIST_KEY_FILTER'] || (engine === 'sqlite' ? 'on' : 'off'));
  if (given !== 'on' && given !== 'off') throw new UsageError('--key-filter takes one of: on, off.');
  return given === 'on';
}
