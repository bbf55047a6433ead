import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { describeStore } from './describe-store.ts';

describeStore('the SQLite store', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'quietlist-store-'));
  const store = await openSqliteStore({ directory });
  return {
    ...store,
    async close() {
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
});
