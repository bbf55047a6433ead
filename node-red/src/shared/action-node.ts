import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import type { QuietlistClient } from '@quietlist/client/client';
import type { QuietlistError } from '@quietlist/client/errors';
import { connectedServer, serverOf } from '../server/server.ts';
import type { Read } from './fields.ts';
import { flowError } from './flow-error.ts';
import { MessageCollector, type Outcome, type Reading } from './message-collector.ts';
import { StatusLine } from './status.ts';

export interface ActionDefinition extends NodeDef {
  server: string;
}

/** The client that an action uses, or why there is none. */
export type Service = { client: QuietlistClient } | { problem: QuietlistError };

export interface Action<T> {
  read: Read<T>;
  /** One outcome a message, in the same order. */
  answer(service: Service, messages: NodeMessageInFlow[], readings: Array<Reading<T>>, status: StatusLine): Promise<Outcome[]>;
}

/** What every action node is: messages in, collected, answered with the one client of its server, and forwarded or failed. */
export const runAction = <T>(RED: NodeAPI, node: Node, definition: ActionDefinition, action: Action<T>): void => {
  const server = serverOf(RED, definition.server);
  const service: Service = connectedServer(RED, server);
  const status = new StatusLine(node);
  const collector = new MessageCollector<T>({
    read: action.read,
    answer: (messages, readings) => action.answer(service, messages, readings, status),
    fault: (error) => flowError(RED, error),
    began: (work) => server?.track(work),
  });
  if ('problem' in service) status.show('red', 'ring', RED._('status.not_configured'));

  node.on('input', (msg, send, done) => {
    collector.add({ msg, send, done });
  });
  node.on('close', (_removed: boolean, done: () => void) => {
    void collector.idle().then(() => {
      status.clear();
      done();
    });
  });
};
