import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NodeAPI } from 'node-red';
import { createAxiosTransport } from '@quietlist/client/axios-transport';
import { lastingStore } from '../../node-red/src/suppression-events/last-position.ts';
import { registerNodes } from '../../node-red/src/register.ts';
import { feedEvent, startEventServer, type EventServer } from '../support/event-server.ts';
import { manualTimers } from '../support/manual-timers.ts';
import { apiKey, helper, type Message } from '../support/node-red.ts';
import { startService } from '../support/service.ts';

let server: EventServer;
beforeAll(() => helper.startServer());
afterAll(() => helper.stopServer());
beforeEach(async () => {
  server = await startEventServer();
});
afterEach(async () => {
  await helper.unload();
  await server.stop();
});

interface LoadOptions {
  url?: string | null;
  key?: string;
  /** What the node's context holds when it starts. */
  context?: unknown;
}

const load = async (fields: Record<string, unknown> = {}, { url = server.baseUrl, key = apiKey, context }: LoadOptions = {}) => {
  const timers = manualTimers();
  const at = { x: 100, y: 100, z: 'tab-1' };
  const register = (RED: NodeAPI): void => {
    const { createNode } = RED.nodes;
    RED.nodes.createNode = (node, definition) => {
      createNode(node, definition);
      if (context !== undefined && definition.id === 'the-node') node.context().set('quietlist-position', context);
    };
    registerNodes(RED, { createTransport: createAxiosTransport, sleep: async () => {}, setTimer: timers.setTimer, now: Date.now, random: () => 1 });
  };
  await helper.load(
    register,
    [
      { id: 'tab-1', type: 'tab', label: 'A flow' },
      ...(url === null ? [] : [{ id: 'the-server', type: 'quietlist-server', name: '', url, allowInsecureHttp: false }]),
      { id: 'the-node', type: 'quietlist-suppression-events', name: '', server: 'the-server', types: '', typesType: 'none', list: '', listType: 'none', begin: 'new', ...at, ...fields, wires: [['left']] },
      { id: 'left', type: 'helper', ...at, wires: [] },
      { id: 'the-catch', type: 'catch', scope: null, uncaught: false, ...at, wires: [['failed']] },
      { id: 'failed', type: 'helper', ...at, wires: [] },
    ],
    { 'the-server': { apiKey: key } },
  );
  const [messages, caught]: [Message[], Message[]] = [[], []];
  let changed = (): void => {};
  const collect = (id: string, into: Message[]) =>
    helper.getNode(id).on('input', (msg: Message, _send: unknown, done: () => void) => {
      into.push(msg);
      done();
      changed();
    });
  collect('left', messages);
  collect('failed', caught);
  const node = helper.getNode('the-node');
  return {
    node, messages, caught, timers,
    until: async (isTrue: () => boolean) => {
      while (!isTrue()) await new Promise<void>((resolve) => (changed = resolve));
    },
    status: () => node.status.lastCall?.args[0],
    /** Resolves when the line under the node says this. */
    shows: async (text: string) => {
      while (node.status.lastCall?.args[0].text !== text) await new Promise((resolve) => setImmediate(resolve));
    },
    said: () => JSON.stringify([node.status.args, node.error.args.map(([error]: [Error]) => error.message), caught]),
  };
};

describe('suppression events', () => {
  it('sends a message for every event, with its type as topic', async () => {
    const flow = await load();
    await flow.shows('status.listening');
    server.add(feedEvent(1), feedEvent(2, { type: 'opt_out.added' }));
    await flow.until(() => flow.messages.length === 2);
    expect(flow.messages[1]).toEqual({
      _msgid: expect.any(String), topic: 'opt_out.added', payload: { actor: 'system', reason: null, batch: null },
      suppression: { action: 'event', id: 'evt_2', position: 2, type: 'opt_out.added', timestamp: '2026-03-03T00:00:00.000Z' },
    });
    expect(flow.status()).toMatchObject({ fill: 'green', shape: 'dot' });
  });

  it('asks for what was chosen, and always by name, so that nothing comes that it cannot read', async () => {
    await load({ types: 'opt_out.added,block.added,made.up', typesType: 'pick', list: 'lst_1', listType: 'pick' });
    await server.listening(1);
    expect(server.asked[0]!.query).toEqual({ types: 'opt_out.added,block.added', list: 'lst_1' });
    await helper.unload();
    await server.listening(0);
    await load({ types: 'left.over', typesType: 'none', list: 'left over', listType: 'none' });
    await server.listening(1);
    expect(server.asked[1]!.query).toEqual({ types: 'opt_out.added,opt_out.removed,block.added,block.removed,entry.widened,entry.expired,review.needed,review.decided' });
  });

  it('goes on where it was after a break, without a gap and without a repetition', async () => {
    const flow = await load();
    await flow.shows('status.listening');
    server.add(feedEvent(1));
    await flow.until(() => flow.messages.length === 1);
    server.drop();
    await flow.shows('status.unreachable');
    server.add(feedEvent(2), feedEvent(3));
    flow.timers.run();
    await flow.until(() => flow.messages.length === 3);
    expect(flow.messages.map(({ suppression }) => suppression.position)).toEqual([1, 2, 3]);
    expect(server.asked[1]!.query['after']).toBe('1');
    expect(flow.caught).toEqual([]);
  });

  it('keeps where it is in its context, also before the first event', async () => {
    server.add(feedEvent(1), feedEvent(2));
    const flow = await load();
    await flow.shows('status.listening');
    while (flow.node.context().get('quietlist-position') === undefined) await new Promise((resolve) => setImmediate(resolve));
    expect(flow.node.context().get('quietlist-position')).toEqual({ server: server.baseUrl, position: 2 });
  });

  it('shows a refused key, tells Catch nodes once, and asks again slowly', async () => {
    server.refuse('unauthenticated');
    const flow = await load();
    await flow.until(() => flow.caught.length === 1);
    flow.timers.run();
    while (server.asked.length < 2) await new Promise((resolve) => setImmediate(resolve));
    server.refuse(null);
    while (flow.timers.pending().length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(flow.timers.pending()).toEqual([300_000]);
    flow.timers.run();
    await flow.shows('status.listening');
    expect(flow.caught.map(({ error }) => error.code)).toEqual(['unauthenticated']);
    expect(flow.said()).not.toContain(apiKey);
  });

  it('tells Catch nodes of events that the service no longer has, and begins anew', async () => {
    server.add(feedEvent(1));
    const flow = await load();
    await flow.shows('status.listening');
    server.refuse('events-gone');
    server.drop();
    await flow.shows('status.unreachable');
    flow.timers.run();
    await flow.until(() => flow.caught.length === 1);
    expect(flow.caught[0]!.error).toMatchObject({ code: 'events-gone', message: expect.stringMatching(/^QuietlistError: \S/) });
    server.refuse(null);
    flow.timers.run();
    await flow.shows('status.listening');
    expect(server.asked.at(-1)!.query).not.toHaveProperty('after');
  });

  it('leaves no connection and no timer behind when it is deployed anew', async () => {
    const flow = await load();
    await flow.shows('status.listening');
    await helper.unload();
    await server.listening(0);
    expect(flow.timers.pending()).toEqual([]);
    server.add(feedEvent(1));
    expect(flow.messages).toEqual([]);
  });

  it('goes on after it was deployed anew, with what came meanwhile', async () => {
    const flow = await load();
    await flow.shows('status.listening');
    server.add(feedEvent(1));
    await flow.until(() => flow.messages.length === 1);
    const kept = flow.node.context().get('quietlist-position');
    await helper.unload();
    server.add(feedEvent(2), feedEvent(3));
    const again = await load({}, { context: kept });
    await again.until(() => again.messages.length === 2);
    expect(again.messages.map(({ suppression }) => suppression.position)).toEqual([2, 3]);
  });

  it('does not take the position of another server for one of this', async () => {
    server.add(feedEvent(1), feedEvent(2));
    const flow = await load({}, { context: { server: 'https://other.example.com', position: 1 } });
    await flow.shows('status.listening');
    expect(server.asked[0]!.query).not.toHaveProperty('after');
  });

  it('begins with the oldest event that the service keeps, where that was chosen', async () => {
    const service = await startService();
    await service.call('POST', '/v1/entries', { entries: ['ann', 'bob'].map((name) => ({ kind: 'opt_out', address: `${name}@example.com` })) });
    const flow = await load({ begin: 'oldest', types: 'opt_out.added', typesType: 'pick' }, { url: service.baseUrl, key: service.adminKey });
    await flow.until(() => flow.messages.length === 2);
    expect(flow.messages.map(({ payload }) => (payload as any).entry.address)).toEqual(['ann@example.com', 'bob@example.com']);
    await helper.unload();
    await service.stop();
  });

  it('does not listen without a server, and says so', async () => {
    const flow = await load({}, { url: null });
    expect(flow.status()).toEqual({ fill: 'red', shape: 'ring', text: 'status.not_configured' });
    expect(server.asked).toEqual([]);
  });
});

describe('the store of the context that is used', () => {
  it.each([
    [undefined, undefined],
    [{}, undefined],
    [{ default: { module: 'memory' } }, undefined],
    [{ default: { module: 'localfilesystem' } }, 'default'],
    [{ default: 'memoryOnly', memoryOnly: { module: 'memory' }, file: { module: 'localfilesystem' } }, 'file'],
    [{ default: 'file', memoryOnly: { module: 'memory' }, file: { module: 'localfilesystem' } }, 'default'],
    [{ default: 'default' }, undefined],
    [{ memoryOnly: { module: 'memory' }, redis: { module: {} } }, 'redis'],
  ])('of %j is %s: one that outlives a restart', (stores, name) => expect(lastingStore(stores as never)).toBe(name));
});
