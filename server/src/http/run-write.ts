import { limits } from '@quietlist/contract/limits';
import type { Caller } from '../app/context.ts';
import type { StoreWriter } from '../app/ports.ts';
import { TakenBack } from '../app/taken-back.ts';
import { Problem } from '../app/problem.ts';
import type { Services } from './services.ts';

/** A write that is asked for: what identifies it, and what does it. */
export interface WriteRequest {
  caller: Caller;
  idempotencyKey: string | undefined;
  /** Method, path and body: what must be the same when the key is. Asked for only where there is one. */
  subject(): string;
  status: number;
  run(writer: StoreWriter): Promise<unknown>;
}

export interface WriteAnswer {
  status: number;
  /** JSON. */
  body: string;
  wasReplayed: boolean;
}

function requireUsableKey(key: string): void {
  if (key.length === 0 || key.length > limits.idempotencyKeyLength || !/^[!-~]+$/.test(key)) {
    throw new Problem('invalid-request', `Idempotency-Key must be 1 to ${limits.idempotencyKeyLength} visible ASCII characters.`, [
      { pointer: 'Idempotency-Key', message: 'Not usable.' },
    ]);
  }
}

/**
 * Does a write and keeps its answer in the same transaction, so that sent again with the same key it does nothing more and
 * answers the same. A write that failed is not kept: it changed nothing, and may be tried again.
 */
export async function runWrite({ store, platform }: Services, request: WriteRequest): Promise<WriteAnswer> {
  const { caller, idempotencyKey, status } = request;
  if (idempotencyKey !== undefined) requireUsableKey(idempotencyKey);
  const fingerprint = idempotencyKey === undefined ? '' : platform.digest(request.subject());
  const written = store.write(async (writer) => {
    const kept = idempotencyKey === undefined ? null : await writer.idempotency.find(caller.key.id, idempotencyKey);
    if (kept) {
      if (kept.fingerprint !== fingerprint) throw new Problem('idempotency-mismatch');
      return { status: kept.status, body: kept.body, wasReplayed: true };
    }
    const body = JSON.stringify(await request.run(writer));
    if (idempotencyKey !== undefined) {
      await writer.idempotency.insert({ keyId: caller.key.id, idempotencyKey, fingerprint, status, body, createdAt: platform.clock() });
    }
    return { status, body, wasReplayed: false };
  });
  return written.catch((error: unknown) => {
    if (error instanceof TakenBack) return { status, body: JSON.stringify(error.answer), wasReplayed: false };
    throw error;
  });
}
