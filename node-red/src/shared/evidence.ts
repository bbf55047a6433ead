import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import type { Evidence } from '@quietlist/contract/entry';
import { limits } from '@quietlist/contract/limits';
import { textOf } from './values.ts';

/** Which flow and node made a change: the same for all its messages, so that they still go in one request. */
export const nodeEvidence = (RED: NodeAPI, node: Node): Evidence =>
  evidenceOf({ workflow: RED.util.getSetting(node, 'NR_FLOW_NAME') || node.z, node: node.name || node.id });

/** The same, and for which message. */
export const messageEvidence = (ofNode: Evidence, msg: NodeMessageInFlow): Evidence => ({ ...ofNode, ...evidenceOf({ execution: msg._msgid }) });

const evidenceOf = (facts: Record<string, unknown>): Evidence => {
  const evidence: Evidence = {};
  for (const [name, value] of Object.entries(facts)) {
    const text = textOf(value, limits.evidenceValueLength);
    if (text) evidence[name] = text;
  }
  return evidence;
};
