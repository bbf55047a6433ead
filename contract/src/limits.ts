/** Every limit that Quietlist promises or enforces. The docs, the schemas, the client and the nodes read them from here. */
export const limits = {
  /** Recipients in one check, entries in one add, addresses in one removal. */
  itemsPerRequest: 10_000,
  /** Addresses of one person in one item. */
  addressesPerItem: 10,
  addressLength: 512,
  scopeLength: 128,
  refLength: 128,
  noteLength: 300,
  nameLength: 50,
  descriptionLength: 300,
  senderNameLength: 100,
  channelLength: 32,
  batchLength: 128,
  evidenceFields: 20,
  evidenceNameLength: 50,
  evidenceValueLength: 500,
  statementLength: 500,
  listsPerRequest: 100,
  idempotencyKeyLength: 255,
  searchLength: 254,
  pageSize: 50,
  pageSizeMaximum: 1_000,
  /** Events shown in the timeline of one address. */
  timelineEvents: 200,
  idempotencyRetentionMs: 24 * 60 * 60 * 1000,
  bodyBytes: 65_536,
  bulkBodyBytes: 16 * 1024 * 1024,
  /** Work that one server takes on at once; beyond it requests are refused. Bytes are those of bodies. */
  requestsInFlight: 512,
  bytesInFlight: 16 * 1024 * 1024,
  /** Wrong or missing keys from one network address. */
  failedAuthenticationsPerMinute: 600,
} as const;
