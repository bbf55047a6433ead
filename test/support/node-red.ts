import { createRequire } from 'node:module';
import { setImmediate as turn } from 'node:timers/promises';
import helper from 'node-red-node-test-helper';
import type { NodeAPI, NodeMessage } from 'node-red';
import { TransportError, type Transport } from '@quietlist/client/transport';
import { registerNodes } from '../../node-red/src/register.ts';
import { fakeClock } from './fake-transport.ts';
import { manualTimers } from './manual-timers.ts';

helper.init(createRequire(import.meta.url).resolve('node-red'));

export { helper };

export const apiKey = 'ql_live_key_of_a_test';

export type Message = NodeMessage & { suppression?: any; error?: any };

export interface LoadedFlow {
  /** What left by each output. */
  outputs: Message[][];
  /** What the Catch node received. */
  caught: Message[];
  /** Sends messages in one turn, and waits until every message so far has left or failed. */
  send(...messages: Message[]): Promise<void>;
  status(): { fill?: string; shape?: string; text?: string } | undefined;
  /** Everything that the nodes said to the editor, the log and the Catch node. */
  said(): string;
  transportsClosed(): number;
  node: any;
}

export interface FlowOptions {
  server?: Record<string, unknown> | null;
  credentials?: Record<string, string>;
  outputs?: number;
}

const noStream = (): Promise<never> => Promise.reject(new TransportError('unreachable'));

/** One action node between two outputs and a Catch node, in the test helper's Node-RED, over a transport of the test. */
export const loadFlow = async (action: Record<string, unknown>, transport: Transport, { server = {}, credentials = { apiKey }, outputs = 2 }: FlowOptions = {}): Promise<LoadedFlow> => {
  let closed = 0;
  const clock = fakeClock();
  const register = (RED: NodeAPI): void =>
    registerNodes(RED, {
      createTransport: () => ({ send: (request) => transport.send(request), open: noStream, close: () => void (closed += 1) }),
      sleep: clock.sleep, setTimer: manualTimers().setTimer, now: clock.now, random: () => 1,
    });
  const leftBy = Array.from({ length: outputs }, (_, output) => `left-${output}`);
  const at = { x: 100, y: 100, z: 'tab-1' };
  const flow = [
    { id: 'tab-1', type: 'tab', label: 'A flow' },
    ...(server ? [{ id: 'the-server', type: 'quietlist-server', name: '', url: 'http://127.0.0.1:8181', allowInsecureHttp: false, ...server }] : []),
    { id: 'the-node', name: 'a node', server: server ? 'the-server' : '', ...at, ...action, wires: leftBy.map((id) => [id]) },
    ...leftBy.map((id) => ({ id, type: 'helper', ...at, wires: [] })),
    { id: 'the-catch', type: 'catch', scope: null, uncaught: false, ...at, wires: [['failed']] },
    { id: 'failed', type: 'helper', ...at, wires: [] },
  ];
  await helper.load(register, flow, server ? { 'the-server': credentials } : {});

  const left: Message[][] = leftBy.map(() => []);
  const caught: Message[] = [];
  let sent = 0;
  const arrived = () => left.flat().length + caught.length;
  const waiting = new Set<() => void>();
  const collect = (id: string, into: Message[]): void =>
    void helper.getNode(id).on('input', (msg: Message, _send: unknown, done: () => void) => {
      into.push(msg);
      for (const look of waiting) look();
      done();
    });
  leftBy.forEach((id, output) => collect(id, left[output]!));
  collect('failed', caught);
  const node = helper.getNode('the-node');

  return {
    outputs: left,
    caught,
    node,
    async send(...messages) {
      sent += messages.length;
      for (const message of messages) node.receive(message);
      await new Promise<void>((resolve) => {
        const look = () => {
          if (arrived() >= sent) resolve(void waiting.delete(look));
        };
        waiting.add(look);
      });
      // A message that left twice, or by both outputs, shows now.
      await turn();
      await turn();
      if (arrived() !== sent) throw new Error(`${sent} messages came and ${arrived()} left`);
    },
    status: () => node.status.lastCall?.args[0],
    said: () =>
      JSON.stringify([
        node.status.args,
        node.warn.args,
        caught.map(({ error }) => error),
        helper.log().args.map(([{ msg }]: any) => (msg instanceof Error ? [msg.message, msg.stack] : msg)),
      ]),
    transportsClosed: () => closed,
  };
};
