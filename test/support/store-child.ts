import { writeSync } from 'node:fs';
import { createIds } from '../../server/src/store/ids.ts';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { lockForServing } from '../../server/src/store/sqlite/serving-lock.ts';
import { StoreUnavailable } from '../../server/src/app/ports.ts';
import { addKey } from './store-adds.ts';

/**
 * A process with the store open, driven by its parent: `node store-child.ts <what> <folder> [argument]`. It says what happened on
 * stdout, one line each, at the moment it happened.
 */
const [what = '', directory = '', argument = ''] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);
const ids = createIds(Date.now);

/** Adds keys `<prefix>0`, `<prefix>1` …, `inFlight` at once, until killed or until so many writes failed in a row. */
async function addForever(prefix: string, inFlight: number, failuresAllowed: number): Promise<void> {
  // The thread that copies the log is always at it.
  const store = await openSqliteStore({ directory, logPages: { first: 1, most: 200 } });
  let next = 0;
  let failures = 0;
  const adder = async (): Promise<void> => {
    while (failures < failuresAllowed) {
      const key = `${prefix}${next}`;
      next += 1;
      try {
        await store.write((writer) => addKey(writer, ids, key));
        failures = 0;
        say(`added ${key}`);
      } catch (error) {
        failures += 1;
        say(error instanceof StoreUnavailable ? `unavailable ${error.full ? 'full' : 'other'}` : `error ${String(error)}`);
      }
    }
  };
  say('open');
  await Promise.all(Array.from({ length: inFlight }, adder));
  const read = await store.entries.page(1, {}, 'createdAt', 5, null, 0);
  say(`readable ${read.length}`);
  await store.close();
  say('closed');
}

switch (what) {
  case 'add-forever':
    await addForever(argument, 8, Number.POSITIVE_INFINITY);
    break;
  case 'add-until-failure':
    await addForever(argument, 4, 40);
    break;
  case 'add-one': {
    const store = await openSqliteStore({ directory });
    await store.write((writer) => addKey(writer, ids, argument));
    await store.close();
    say('added');
    break;
  }
  case 'serve':
    lockForServing(directory);
    say('locked');
    setInterval(() => {}, 1_000_000);
    break;
  default:
    throw new Error(`Unknown: ${what}`);
}
