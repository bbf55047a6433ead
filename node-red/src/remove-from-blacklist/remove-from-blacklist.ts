import type { Node, NodeAPI } from 'node-red';
import type { RemoveOptions } from '@quietlist/client/types';
import { limits } from '@quietlist/contract/limits';
import type { ActionDefinition } from '../shared/action-node.ts';
import { nodeEvidence } from '../shared/evidence.ts';
import { Fields, type Read } from '../shared/fields.ts';
import { scopeOf, type ScopeDefinition } from '../shared/scope.ts';
import { channelOption, runWrite, targetsOf, type WritePlan } from '../shared/write-node.ts';

interface RemoveFromBlacklistDefinition extends ActionDefinition, ScopeDefinition {}

const planOf = (RED: NodeAPI, node: Node, definition: RemoveFromBlacklistDefinition): Read<WritePlan<null, RemoveOptions>> => {
  const fields = new Fields(RED, node, definition);
  const enabled = fields.toggle('enabled');
  const scope = scopeOf(fields, definition, { strict: true });
  const note = fields.text('note', limits.noteLength);
  const evidence = nodeEvidence(RED, node);
  return async (msg) => {
    if (!(await enabled(msg))) return null;
    const [given, noteText] = await Promise.all([scope(msg), note(msg)]);
    return { targets: targetsOf(given, null), options: { ...given.shared, ...(noteText ? { note: noteText } : {}), evidence } };
  };
};

export const registerRemoveFromBlacklist = (RED: NodeAPI): void => {
  function RemoveFromBlacklist(this: Node, definition: RemoveFromBlacklistDefinition): void {
    RED.nodes.createNode(this, definition);
    runWrite<null, RemoveOptions>(RED, this, definition, {
      name: 'remove_from_blacklist',
      plan: planOf(RED, this, definition),
      write: (client, targets, options) =>
        client.removeFromBlacklist(
          targets.map(({ person }) => person),
          { ...options, ...channelOption(targets) },
        ),
    });
  }
  RED.nodes.registerType('quietlist-remove-from-blacklist', RemoveFromBlacklist);
};
