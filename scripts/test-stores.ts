import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * `npm run test:stores`: what every store promises, on SQLite, the model, PGlite and PostgreSQL. With
 * `-- --database-url URL [--distribute citus|none]` PostgreSQL is the cluster given, whose database must be empty: everything in it is
 * deleted between tests.
 */
const { values } = parseArgs({ options: { 'database-url': { type: 'string' }, distribute: { type: 'string', default: 'none' } } });
const url = values['database-url'];
if (values.distribute !== 'none' && values.distribute !== 'citus') throw new Error('--distribute takes citus or none.');
if (values.distribute === 'citus' && url === undefined) throw new Error('--distribute citus needs the cluster: give it with --database-url.');

const tests = url === undefined ? ['test/store-contract'] : ['test/store-contract/postgres.test.ts'];
const env = { ...process.env, ...(url === undefined ? {} : { QUIETLIST_TEST_DATABASE_URL: url, QUIETLIST_TEST_DISTRIBUTE: values.distribute }) };
const { status } = spawnSync('vitest', ['run', ...tests], { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: 'inherit', env });
process.exit(status ?? 1);
