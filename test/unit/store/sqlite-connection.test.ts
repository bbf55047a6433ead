import { DatabaseSync } from 'node:sqlite';
import { CompiledQuery } from 'kysely';
import { expect, it } from 'vitest';
import { SqliteConnection } from '../../../server/src/store/sqlite/connection.ts';

const open = (): SqliteConnection => {
  const database = new DatabaseSync(':memory:');
  database.exec('create table kept (id integer primary key, value any, text text) strict');
  return new SqliteConnection(database);
};
const run = (connection: SqliteConnection, text: string, ...parameters: unknown[]) => connection.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, parameters));

it.each([[{ a: 1 }], [new Date(0)], [undefined], [['x']], [Symbol('x')], [() => 1]])('refuses a value that SQLite would silently keep as null: %o', async (value) => {
  const connection = open();
  await expect(run(connection, 'insert into kept (value) values (?)', value)).rejects.toBeInstanceOf(TypeError);
  await expect(run(connection, 'insert into kept (text, value) values (?, ?)', 'x', value)).rejects.toBeInstanceOf(TypeError);
  await expect(connection.executeMany('insert into kept (value) values (?)', [[value]], (row) => row)).rejects.toBeInstanceOf(TypeError);
  expect((await run(connection, 'select * from kept')).rows).toEqual([]);
});

it('keeps truth values as 1 and 0, and integers up to 2⁵³ as integers', async () => {
  const connection = open();
  await connection.executeMany('insert into kept (id, value) values (?, ?)', [[1, true], [2, false], [Number.MAX_SAFE_INTEGER, null]], (row) => row);
  const { rows } = await run(connection, 'select id, value, typeof(id) as type from kept order by id');
  expect(rows.map((row) => [row['id'], row['value'], row['type']])).toEqual([[1, 1, 'integer'], [2, 0, 'integer'], [Number.MAX_SAFE_INTEGER, null, 'integer']]);
});

it('counts the rows that a statement changed', async () => {
  const connection = open();
  await connection.executeMany('insert into kept (id) values (?)', [[1], [2], [3]], (row) => row);
  expect((await run(connection, 'delete from kept where id > ?', 1)).numAffectedRows).toBe(2n);
});

it('answers through more different statements than it keeps prepared', async () => {
  const connection = open();
  for (let turn = 0; turn < 2; turn += 1) {
    for (let n = 0; n < 600; n += 1) expect((await run(connection, `select ${n} as n`)).rows[0]?.['n']).toBe(n);
  }
});
