import { expect, it } from 'vitest';
import { StoreRefused } from '../../../server/src/app/ports.ts';
import { createIds } from '../../../server/src/store/ids.ts';
import { openSqliteStore } from '../../../server/src/store/sqlite/open-sqlite-store.ts';
import { lockForServing } from '../../../server/src/store/sqlite/serving-lock.ts';
import { addKey } from '../../support/store-adds.ts';
import { startStoreChild } from '../../support/store-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('lets one service serve a folder and refuses a second one in a plain sentence', () => {
  const folder = temporaryFolder();
  const lock = lockForServing(folder);
  const second = () => lockForServing(folder);
  expect(second).toThrow(StoreRefused);
  expect(second).toThrow(`Another Quietlist service is running on the folder ${folder}. Stop it first, or give this one a folder of its own.`);
  lock.release();
  lock.release();
  lockForServing(folder).release();
});

it('stays held against other processes when this one asks for it twice', async () => {
  const folder = temporaryFolder();
  const lock = lockForServing(folder);
  expect(() => lockForServing(folder)).toThrow(StoreRefused);
  const child = startStoreChild(['serve', folder]);
  expect(await child.said((line) => line === 'locked')).toBeNull();
  lock.release();
});

it('is free again as soon as the service that held it is killed', async () => {
  const folder = temporaryFolder();
  const child = startStoreChild(['serve', folder]);
  expect(await child.said((line) => line === 'locked')).toBe('locked');
  expect(() => lockForServing(folder)).toThrow(StoreRefused);
  child.kill();
  await child.ended;
  lockForServing(folder).release();
});

it('does not keep a command from the store of a running service', async () => {
  const folder = temporaryFolder();
  const lock = lockForServing(folder);
  const store = await openSqliteStore({ directory: folder });
  await store.write((writer) => addKey(writer, createIds(Date.now), 'p+1'));
  lock.release();
  await store.close();
});
