import type { Node, NodeAPI } from 'node-red';
import type { RemoveOptOutOptions } from '@quietlist/client/types';
import type { Consent } from '@quietlist/contract/entry';
import { limits } from '@quietlist/contract/limits';
import type { ConsentMethod } from '@quietlist/contract/vocabulary';
import type { ActionDefinition } from '../shared/action-node.ts';
import { nodeEvidence } from '../shared/evidence.ts';
import { Fields, type Read } from '../shared/fields.ts';
import { scopeOf, type ScopeDefinition } from '../shared/scope.ts';
import { instantOf } from '../shared/values.ts';
import { channelOption, runWrite, targetsOf, type WritePlan } from '../shared/write-node.ts';

interface RemoveOptOutDefinition extends ActionDefinition, ScopeDefinition {
  /** Whose wish it is. Only the recipient's own needs no consent. */
  by?: 'recipient' | 'operator';
  consentMethod?: ConsentMethod;
}

/** A consent that names no instant was given when the message came; all messages of one turn say the same instant. */
type Options = Omit<RemoveOptOutOptions, 'consent'> & { consent?: Omit<Consent, 'at'> & { at?: string } };

const consentOf = (fields: Fields, definition: RemoveOptOutDefinition): Read<Options['consent']> => {
  const statement = fields.text('consentStatement', limits.statementLength, { strict: true });
  const recordedBy = fields.text('consentBy', limits.nameLength, { strict: true });
  const at = fields.converted('consentAt', instantOf, { strict: true });
  return async (msg) => {
    const [words, by, instant] = await Promise.all([statement(msg), recordedBy(msg), at(msg)]);
    return { method: definition.consentMethod ?? 'other', statement: words ?? '', by: by ?? '', ...(instant ? { at: instant } : {}) };
  };
};

const planOf = (RED: NodeAPI, node: Node, definition: RemoveOptOutDefinition): Read<WritePlan<null, Options>> => {
  const fields = new Fields(RED, node, definition);
  const scope = scopeOf(fields, definition, { strict: true });
  const lists = fields.typeOf('lists') === 'all' ? async () => ['*'] : fields.texts('lists', { strict: true });
  const note = fields.text('note', limits.noteLength);
  const evidence = nodeEvidence(RED, node);
  const consent = definition.by === 'recipient' ? async () => undefined : consentOf(fields, definition);
  return async (msg) => {
    const [given, named, noteText, agreed] = await Promise.all([scope(msg), lists(msg), note(msg), consent(msg)]);
    return {
      targets: targetsOf(given, null),
      options: {
        ...given.shared,
        ...(named.length > 0 ? { lists: named } : {}),
        by: definition.by === 'recipient' ? 'recipient' : 'operator',
        ...(agreed ? { consent: agreed } : {}),
        ...(noteText ? { note: noteText } : {}),
        evidence,
      },
    };
  };
};

export const registerRemoveOptOut = (RED: NodeAPI): void => {
  function RemoveOptOut(this: Node, definition: RemoveOptOutDefinition): void {
    RED.nodes.createNode(this, definition);
    runWrite<null, Options>(RED, this, definition, {
      name: 'remove_opt_out',
      plan: planOf(RED, this, definition),
      write: (client, targets, { consent, ...options }) =>
        client.removeOptOut(
          targets.map(({ person }) => person),
          { ...options, ...channelOption(targets), ...(consent ? { consent: { ...consent, at: consent.at ?? new Date().toISOString() } } : {}) },
        ),
    });
  }
  RED.nodes.registerType('quietlist-remove-opt-out', RemoveOptOut);
};
