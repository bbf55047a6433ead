import type { Node, NodeAPI } from 'node-red';
import type { BlacklistItem } from '@quietlist/client/types';
import type { AddressOptions } from '@quietlist/contract/address';
import type { Direction } from '@quietlist/contract/vocabulary';
import type { ActionDefinition } from '../shared/action-node.ts';
import { messageEvidence, nodeEvidence } from '../shared/evidence.ts';
import { Fields, type Read } from '../shared/fields.ts';
import { remarksOf } from '../shared/remarks.ts';
import { scopeOf, type ScopeDefinition } from '../shared/scope.ts';
import { afterDays, instantOf } from '../shared/values.ts';
import { runWrite, targetsOf, type WritePlan } from '../shared/write-node.ts';

interface AddToBlacklistDefinition extends ActionDefinition, ScopeDefinition {
  direction?: Direction;
}

type Item = Pick<BlacklistItem, 'reason' | 'note' | 'expiresAt' | 'evidence'>;
type Options = Pick<BlacklistItem, 'sender' | 'direction'> & { addressOptions?: AddressOptions };

const planOf = (RED: NodeAPI, node: Node, definition: AddToBlacklistDefinition): Read<WritePlan<Item, Options>> => {
  const fields = new Fields(RED, node, definition);
  const enabled = fields.toggle('enabled');
  const scope = scopeOf(fields, definition, { strict: false });
  const remarks = remarksOf(fields);
  const expiry = fields.converted('expiry', fields.typeOf('expiry') === 'days' ? (days) => afterDays(days, Date.now()) : instantOf, { strict: true });
  const evidence = nodeEvidence(RED, node);
  return async (msg) => {
    if (!(await enabled(msg))) return null;
    const [given, remark, expiresAt] = await Promise.all([scope(msg), remarks(msg), expiry(msg)]);
    const item: Item = { ...remark, ...(expiresAt ? { expiresAt } : {}), evidence: messageEvidence(evidence, msg) };
    return { targets: targetsOf(given, item), options: { ...given.shared, ...(definition.direction ? { direction: definition.direction } : {}) } };
  };
};

export const registerAddToBlacklist = (RED: NodeAPI): void => {
  function AddToBlacklist(this: Node, definition: AddToBlacklistDefinition): void {
    RED.nodes.createNode(this, definition);
    runWrite<Item, Options>(RED, this, definition, {
      name: 'add_to_blacklist',
      plan: planOf(RED, this, definition),
      write: (client, targets, { addressOptions, ...shared }) =>
        client.addToBlacklist(
          targets.map(({ person, channel, item }) => ({ person, channel, ...item, ...shared })),
          addressOptions ? { addressOptions } : {},
        ),
    });
  }
  RED.nodes.registerType('quietlist-add-to-blacklist', AddToBlacklist);
};
