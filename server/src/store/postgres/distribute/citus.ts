/**
 * What makes the tables of a store those of a Citus cluster (11.2 or later, which keeps a transaction's snapshot on its workers). Run
 * once, on the coordinator, after the first start of the service made the tables and before there is much in them. The other tables are
 * small and stay on the coordinator.
 *
 * Every shard gets the whole list of a bulk check, so that its cost is shards × keys: take few shards, one or two a core of the workers.
 */
export const citusStatements = (shards: number): readonly string[] => [
  // A unique index must hold what its table is spread by. That an id is one entry's alone is then kept by the lanes of the servers.
  'drop index entry_by_id',
  'create index entry_by_id on entry (workspace, id)',
  `select create_distributed_table('entry', 'key', shard_count => ${shards})`,
  `select create_distributed_table('event', 'key', colocate_with => 'entry')`,
  `select create_distributed_table('contact_address', 'key', colocate_with => 'entry')`,
  `select create_distributed_table('inbound_message', 'key', colocate_with => 'entry')`,
  `select create_distributed_table('link', 'token_hash', colocate_with => 'none', shard_count => ${shards})`,
  `select create_distributed_table('idempotency', 'idempotency_key', colocate_with => 'none', shard_count => ${shards})`,
];

/** Whether it has been done. */
export const isDistributed = "select 1 from pg_dist_partition where logicalrelid = 'entry'::regclass";
