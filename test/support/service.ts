import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outboundHere } from './webhook-receiver.ts';
import type { Role } from '@quietlist/contract/roles';
import { pino, type Logger } from 'pino';
import { createKey } from '../../server/src/app/keys.ts';
import type { Clock, Store } from '../../server/src/app/ports.ts';
import { ensureWorkspace } from '../../server/src/app/workspaces.ts';
import { startServer } from '../../server/src/http/server.ts';
import type { HttpOptions } from '../../server/src/http/options.ts';
import type { Services } from '../../server/src/http/services.ts';
import type { Outbound } from '../../server/src/app/outbound.ts';
import { createPlatform } from '../../server/src/platform.ts';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';

export interface TestService {
  /** `http://127.0.0.1:port`. */
  baseUrl: string;
  /** An admin key of the workspace `main`. */
  adminKey: string;
  services: Services;
  /** Everything the service has logged so far, one JSON line each. */
  logs: string[];
  createKey(role: Role, options?: { workspace?: string; expiresAt?: string }): Promise<string>;
  /** Sends JSON and reads JSON, with the admin key unless another is given. */
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  stop(): Promise<void>;
}

export interface CallOptions {
  key?: string | null;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  // Tests look into answers of every shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface ServiceOptions {
  clock?: Clock;
  /** Puts something between the service and its store: faults, counters. */
  wrapStore?(store: Store): Store;
  /** What webhooks go out by. Default: the real thing, to loopback, and to no name. */
  outbound?: Outbound;
  /** Limits and the like, where they are not the usual ones. */
  http?: Partial<HttpOptions>;
  /** A folder of the test's own, which is there after the service has stopped; so one can start again on it, at the same port. */
  folder?: string;
  port?: number;
}

function memoryLogger(lines: string[]): Logger {
  return pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
}

/** The real service on a real SQLite file in a temporary folder, listening on a free port of loopback. */
export async function startService({ clock = Date.now, wrapStore = (store) => store, http = {}, outbound = outboundHere(), folder, port = 0 }: ServiceOptions = {}): Promise<TestService> {
  const directory = folder ?? mkdtempSync(join(tmpdir(), 'quietlist-service-'));
  const store = wrapStore(await openSqliteStore({ directory }));
  const platform = createPlatform(clock);
  const services: Services = { store, platform, version: '0.0.0-test', outbound };
  const logs: string[] = [];
  const server = await startServer(services, memoryLogger(logs), { host: '127.0.0.1', port }, { lingerMs: 0, ...http });

  const newKey: TestService['createKey'] = (role, { workspace = 'main', expiresAt } = {}) =>
    store.write(async (writer) => {
      const owner = await ensureWorkspace(writer, platform, workspace);
      return (await createKey(writer, platform, owner, { name: `Test ${role}`, role, ...(expiresAt ? { expiresAt } : {}) })).secret;
    });
  const adminKey = await newKey('admin');

  return {
    baseUrl: server.url,
    adminKey,
    services,
    logs,
    createKey: newKey,
    async call(method, path, body, { key = adminKey, headers = {} } = {}) {
      const response = await fetch(server.url + path, {
        method,
        headers: {
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text };
    },
    async stop() {
      await server.stop();
      if (folder === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}
