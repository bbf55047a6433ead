import { chmodSync, closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nodeFinding, spaceFinding } from '../../../server/src/cli/doctor/machine.ts';
import { checkAll, startOf } from '../../../server/src/cli/doctor/history.ts';
import { createPlatform } from '../../../server/src/platform.ts';
import { schemaState } from '../../../server/src/store/inspection.ts';
import { openSqliteStore } from '../../../server/src/store/sqlite/open-sqlite-store.ts';
import { blockPhones, fillStore } from '../../support/filled-folder.ts';
import { startPostgres, type PostgresServer } from '../../support/postgres.ts';
import { runMain, type Outcome } from '../../support/run-main.ts';
import { startService, type TestService } from '../../support/service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let directory: string;
beforeEach(() => {
  directory = temporaryFolder();
});

const fill = (count = 20, platform = createPlatform()) => fillStore({ engine: 'sqlite', directory }, count, platform);
const doctor = (...words: string[]) => runMain(['doctor', '--data', directory, ...words]);
const linesOf = ({ stdout }: Outcome, level: string): string[] => stdout.split('\n').filter((line) => line.startsWith(level));

/** Writes to the database behind the back of the service. */
function tamper(statement: string): void {
  const database = new DatabaseSync(join(directory, 'quietlist.db'));
  database.exec(statement);
  database.close();
}

describe('quietlist doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    const key = await fill();
    for (const words of [[], ['--all']]) {
      const outcome = await doctor(...words);
      expect(outcome).toMatchObject({ code: 0, stderr: '' });
      expect(outcome.stdout.trimEnd().split('\n').every((line) => line.startsWith('ok  '))).toBe(true);
      expect(outcome.stdout).toContain('The history of 20 addresses is as it was written (20 lines).');
      expect(outcome.stdout).not.toContain('+4915');
      expect(outcome.stdout).not.toContain(key);
    }
  });

  it('says that there is no data, and makes none', async () => {
    directory = join(directory, 'not-there');
    const outcome = await doctor();
    expect(outcome.code).toBe(1);
    expect(linesOf(outcome, 'problem')).toEqual([expect.stringContaining('(ENOENT)'), expect.stringContaining('There is no data here yet.')]);
    expect((await doctor()).stdout).toBe(outcome.stdout);
  });

  it('finds a damaged database', async () => {
    await fill(2_000);
    const file = openSync(join(directory, 'quietlist.db'), 'r+');
    for (let page = 4; page < 40; page += 1) writeSync(file, Buffer.alloc(4_096, 7), 0, 4_096, page * 8_192);
    closeSync(file);
    const outcome = await doctor();
    expect(outcome.code).toBe(1);
    expect(linesOf(outcome, 'problem')).toEqual([expect.stringMatching(/damaged.*restore/)]);
    expect(outcome.stdout).not.toContain('4915');
  });

  it.each([
    ['changed', "update event set actor = 'key_9' where id = (select min(id) from event)"],
    ['taken out', 'delete from event where id = (select max(id) from event)'],
  ])('finds a line of the history that was %s, and names its entry without the address', async (_what, statement) => {
    await fill();
    tamper(statement);
    for (const words of [[], ['--all']]) {
      const outcome = await doctor(...words);
      expect(outcome.code).toBe(1);
      expect(linesOf(outcome, 'problem')).toEqual([expect.stringMatching(/changed or cut: wsp_[0-9a-z]+\/ent_[0-9a-z]+\./)]);
      expect(outcome.stdout).not.toContain('4915');
    }
  });

  it('finds a schema of a newer version and leaves it alone', async () => {
    await fill();
    tamper("insert into kysely_migration values ('9999-later', '2030-01-01')");
    const outcome = await doctor();
    expect(outcome.code).toBe(1);
    expect(linesOf(outcome, 'problem')).toEqual([expect.stringContaining('newer version')]);
    expect([schemaState([], ['1']), schemaState(['1'], ['1']), schemaState(['1'], ['1', '2']), schemaState(['2'], ['1'])]).toEqual(['none', 'current', 'older', 'newer']);
  });

  it('warns of expired entries that nobody ends, and of a folder that others may enter', async () => {
    const past = createPlatform(() => Date.now() - 3_600_000);
    await fill();
    const store = await openSqliteStore({ directory });
    await blockPhones(store, past, 500, 3, new Date(Date.now() - 1_800_000).toISOString());
    await store.close();
    chmodSync(directory, 0o755);
    const outcome = await doctor();
    expect(outcome.code).toBe(0);
    expect(linesOf(outcome, 'warning')).toEqual([expect.stringContaining('mode 755'), expect.stringContaining('3 expired entries wait')]);
  });

  it('finds a clock that is behind what has been written', async () => {
    await fill(5, createPlatform(() => Date.now() + 3_600_000));
    expect(linesOf(await doctor(), 'problem')).toEqual([expect.stringMatching(/The clock is 3,\d{3} seconds behind/)]);
  });

  it('judges Node and the room on the disk', () => {
    expect([nodeFinding('24.1.0').level, nodeFinding('22.18.0').level]).toEqual(['ok', 'problem']);
    const gigabyte = 1024 ** 3;
    expect([spaceFinding('', 0, 2 * gigabyte), spaceFinding('', 3 * gigabyte, 2 * gigabyte), spaceFinding('', 0, 1_000)].map(({ level }) => level)).toEqual(['ok', 'warning', 'problem']);
  });

  it('goes on with the history where it was stopped, and misses no address', async () => {
    await fill(1_300);
    const store = await openSqliteStore({ directory });
    const { digest } = createPlatform();
    let place = '';
    const first = await checkAll(store, digest, null, (_report, at) => ((place = at), false));
    const second = await checkAll(store, digest, await startOf(store, place), () => true);
    expect(first.addresses).toBe(500);
    expect(first.addresses + second.addresses).toBe(1_300);
    await store.close();
    expect((await doctor('--all', '--from', place)).stdout).toContain('The history of 800 addresses');
    expect((await doctor('--all', '--from', 'wsp_1/ent_zz')).code).toBe(64);
    expect((await doctor('--from', place)).code).toBe(64);
  });
});

describe('quietlist doctor --url', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const ask = (url: string, key?: string) => runMain(['doctor', '--data', directory, '--url', url], key === undefined ? {} : { QUIETLIST_API_KEY: key });

  it('asks the service whether it is ready and the key valid', async () => {
    await fill();
    const outcome = await ask(service.baseUrl, await service.createKey('agent'));
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toContain('ok       The service is ready.\nok       The key is valid: role agent.\n');
    expect((await ask(service.baseUrl)).stdout).toContain('warning  No key was checked.');
  });

  it('says when the key is refused, the service not there, or the URL none, without showing the key', async () => {
    await fill();
    const wrong = `${service.adminKey.slice(0, -1)}!`;
    for (const [url, problem] of [[service.baseUrl, 'The key is refused (status 401).'], ['http://127.0.0.1:9', 'The service cannot be reached.'], ['http://lists.example.com', 'cannot be used']] as const) {
      const outcome = await ask(url, wrong);
      expect(outcome.code).toBe(1);
      expect(linesOf(outcome, 'problem')).toEqual([expect.stringContaining(problem)]);
      expect(outcome.stdout + outcome.stderr).not.toContain(wrong);
    }
  });
});

describe('quietlist doctor --database-url', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  const ask = (url: string, ...words: string[]) => runMain(['doctor', '--database-url', url, ...words]);

  it('looks at a PostgreSQL database, and makes no tables in it', async () => {
    const url = await server.createDatabase();
    for (let times = 0; times < 2; times += 1) expect(linesOf(await ask(url), 'problem')).toEqual([expect.stringContaining('There is no data here yet.')]);
    await fillStore({ engine: 'postgres', url }, 20);
    const outcome = await ask(url, '--all');
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toContain('The history of 20 addresses is as it was written');
  });

  it('says that it cannot be asked, without the password', async () => {
    const outcome = await ask('postgres://quietlist:hunter2@127.0.0.1:9/quietlist');
    expect(outcome.code).toBe(1);
    expect(linesOf(outcome, 'problem')).toEqual([expect.stringContaining('(ECONNREFUSED)')]);
    expect(outcome.stdout).not.toContain('hunter2');
  });
});
