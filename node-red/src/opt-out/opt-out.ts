import type { Node, NodeAPI } from 'node-red';
import type { OptOutItem } from '@quietlist/client/types';
import type { AddressOptions } from '@quietlist/contract/address';
import type { Origin, Purpose, Source } from '@quietlist/contract/vocabulary';
import type { ActionDefinition } from '../shared/action-node.ts';
import { messageEvidence, nodeEvidence } from '../shared/evidence.ts';
import { Fields, type Read } from '../shared/fields.ts';
import { remarksOf } from '../shared/remarks.ts';
import { scopeOf, type ScopeDefinition } from '../shared/scope.ts';
import { runWrite, targetsOf, type WritePlan } from '../shared/write-node.ts';

interface OptOutDefinition extends ActionDefinition, ScopeDefinition {
  purpose?: Purpose;
  by?: Origin;
  /** Where the opt-out came from; by itself the workflow. */
  source?: Source | '';
}

type Item = Pick<OptOutItem, 'reason' | 'note' | 'evidence'>;
type Options = Pick<OptOutItem, 'sender' | 'purpose' | 'by' | 'source'> & { addressOptions?: AddressOptions };

const planOf = (RED: NodeAPI, node: Node, definition: OptOutDefinition): Read<WritePlan<Item, Options>> => {
  const fields = new Fields(RED, node, definition);
  const scope = scopeOf(fields, definition, { strict: false });
  const lists = fields.texts('lists');
  const remarks = remarksOf(fields);
  const evidence = nodeEvidence(RED, node);
  return async (msg) => {
    const [given, named, remark] = await Promise.all([scope(msg), lists(msg), remarks(msg)]);
    const item: Item = { ...remark, evidence: messageEvidence(evidence, msg) };
    return {
      targets: targetsOf(given, item, named.length > 0 ? named : [null]),
      options: {
        ...given.shared,
        ...(definition.purpose ? { purpose: definition.purpose } : {}),
        ...(definition.by ? { by: definition.by } : {}),
        ...(definition.source ? { source: definition.source } : {}),
      },
    };
  };
};

export const registerOptOut = (RED: NodeAPI): void => {
  function OptOut(this: Node, definition: OptOutDefinition): void {
    RED.nodes.createNode(this, definition);
    runWrite<Item, Options>(RED, this, definition, {
      name: 'opt_out',
      plan: planOf(RED, this, definition),
      write: (client, targets, { addressOptions, ...shared }) =>
        client.optOut(
          targets.map(({ person, channel, list, item }) => ({ person, channel, ...(list === null ? {} : { list }), ...item, ...shared })),
          addressOptions ? { addressOptions } : {},
        ),
    });
  }
  RED.nodes.registerType('quietlist-opt-out', OptOut);
};
