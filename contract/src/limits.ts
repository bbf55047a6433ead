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
  /** B5. */
  keywordLength: 50,
  confirmationMessageLength: 300,
  urlLength: 2_048,
  /** C6. */
  ruleTextLength: 256,
  rulesPerWorkspace: 10_000,
  templateNameLength: 128,
  templateButtons: 10,
  inboundTextLength: 65_536,
  /** Characters of an inbound message in which opt-out words are looked for, not counting what it quotes. WhatsApp allows 4,096; an SMS of ten parts has 1,530. */
  inboundTextRead: 4_096,
  messageIdLength: 256,
  /** Recent inbound messages that a preview or a backfill of a rule looks at. */
  messagesExamined: 10_000,
  providerSecretLength: 2_048,
  /** Of the webhook of a provider: they hand on many events at once. */
  providerBodyBytes: 1_048_576,
  /** A confirmation is sent within this time of the message, and again for the same person and list only after that one. */
  replyWithinMs: 5 * 60 * 1000,
  replyEveryMs: 24 * 60 * 60 * 1000,
  /** How long YES and NO answer the question whether somebody wants to opt out. */
  confirmationMs: 24 * 60 * 60 * 1000,
  webhooksPerWorkspace: 50,
  webhookTimeoutMs: 15_000,
  /** How long the old secret of a webhook signs beside the new one. */
  webhookSecretOverlapMs: 24 * 60 * 60 * 1000,
  /** A webhook to which nothing but failures went for so long is disabled. */
  webhookDisabledAfterMs: 5 * 24 * 60 * 60 * 1000,
  /** How long events and deliveries are kept to be read and replayed. */
  feedRetentionMs: 30 * 24 * 60 * 60 * 1000,
  /** Event streams open at once, on one server. */
  streamsPerServer: 500,
  streamsPerWorkspace: 50,
  /** A stream without events says after this time that it is alive; one whose reader takes nothing for as long is cut. */
  streamKeepAliveMs: 15_000,
  idempotencyKeyLength: 255,
  searchLength: 254,
  pageSize: 50,
  pageSizeMaximum: 1_000,
  /** Events shown in the timeline of one address. */
  timelineEvents: 200,
  idempotencyRetentionMs: 24 * 60 * 60 * 1000,
  bodyBytes: 65_536,
  bulkBodyBytes: 16 * 1024 * 1024,
  /** The form of an unsubscribe page, or the one-click request of a mail program. */
  formBodyBytes: 8_192,
  /** Work that one server takes on at once; beyond it requests are refused. Bytes are those of bodies. */
  requestsInFlight: 512,
  bytesInFlight: 16 * 1024 * 1024,
  /** Wrong or missing keys from one network address. */
  failedAuthenticationsPerMinute: 600,
} as const;
