import type { NodeMessageInFlow } from 'node-red';
import { limits } from '@quietlist/contract/limits';
import { reasons, type Reason } from '@quietlist/contract/vocabulary';
import type { Fields, Read } from './fields.ts';

interface Remarks {
  reason?: Reason;
  note?: string;
}

/**
 * Reason and note of a new entry. A reason that is none of the known words is free text, and goes to the note (C3). Neither is
 * ever why an opt-out is lost: what cannot be read is left out.
 */
export const remarksOf = (fields: Fields): Read<Remarks> => {
  const reason = leaveOutUnreadable(fields.text('reason', limits.noteLength));
  const note = leaveOutUnreadable(fields.text('note', limits.noteLength));
  return async (msg) => {
    const [word, text] = await Promise.all([reason(msg), note(msg)]);
    const isKnown = word !== undefined && Object.hasOwn(reasons, word);
    const remark = [isKnown ? undefined : word, text].filter(Boolean).join(': ').slice(0, limits.noteLength).toWellFormed();
    return { ...(isKnown ? { reason: word as Reason } : {}), ...(remark ? { note: remark } : {}) };
  };
};

const leaveOutUnreadable = (read: Read<string | undefined>): Read<string | undefined> => (msg: NodeMessageInFlow) => read(msg).catch(() => undefined);
