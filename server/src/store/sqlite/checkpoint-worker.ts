import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** What a round of copying came to: nothing to say, or what SQLite said against it. */
export interface CheckpointRound {
  fault?: { message: string; errcode: unknown };
}

/** What the worker is asked for. */
export type CheckpointWish = 'round' | 'end';

const { path } = workerData as { path: string };
const database = new DatabaseSync(path);
// The log is flushed before pages are copied from it, and the database before the log may be written over.
database.exec('pragma synchronous = full');
const round = database.prepare('pragma wal_checkpoint(passive)');

function copy(): CheckpointRound {
  try {
    round.get();
    return {};
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: unknown };
    return { fault: { message, errcode } };
  }
}

parentPort?.on('message', (wish: CheckpointWish) => {
  if (wish === 'round') return parentPort?.postMessage(copy());
  database.close();
  parentPort?.close();
});
