/**
 * The figures of DESIGN §9 in one run and one table: bulk and single checks, adds, memory and start on SQLite (100,000, 1 and 10 million
 * entries) and on PostgreSQL, beside Redis and the bare join on the same people in the same rounds. Options: `check/options.ts`.
 */
import { postgresFigures } from './check/postgres.ts';
import { readOptions, usage } from './check/options.ts';
import { cellsOf } from './check/row.ts';
import { sqliteFigures } from './check/sqlite.ts';
import { printTable } from './support/report.ts';

if (process.argv.includes('--help')) process.stdout.write(usage);
else {
  const options = readOptions(process.argv.slice(2));
  const rows = [...(options.sizes.length > 0 ? await sqliteFigures(options) : []), ...(options.postgres > 0 ? await postgresFigures(options) : [])];
  printTable(`Node ${process.version}, medians of ${options.rounds} rounds`, ['what', 'figure', 'unit', 'goal', ''], rows.map(cellsOf));
}
