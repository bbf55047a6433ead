import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedEvent } from '@quietlist/contract/feed';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { buildService, firstKeyOf, startCli, type Running } from '../support/cli.ts';
import { openStream } from '../support/event-stream.ts';
import { startReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

const kills = 6;
const writers = 6;
let directory: string;
let receiver: WebhookReceiver;
const running: Running[] = [];
beforeAll(buildService, 60_000);
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'quietlist-events-'));
  receiver = await startReceiver();
});
afterEach(async () => {
  for (const { process: child, finished } of running.splice(0)) {
    child.kill('SIGKILL');
    await finished;
  }
  await receiver.close();
  rmSync(directory, { recursive: true, force: true });
});

function serve(): Running {
  const service = startCli(['serve', '--data', directory, '--port', '0', '--webhook-allow', '127.0.0.0/8']);
  running.push(service);
  return service;
}

it(`tells of every change that was acknowledged, and of nothing else, over ${kills} kills: a stream each event once, a webhook at least once`, async () => {
  const acknowledged = new Set<string>();
  const asked = new Set<string>();
  const seen: FeedEvent[] = [];
  let [key, lastEventId, next] = ['', undefined as string | undefined, 0];
  const send = async (url: string, path: string, body: object) => {
    const response = await fetch(url + path, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(String(response.status));
  };

  for (let round = 0; round <= kills; round += 1) {
    const service = serve();
    const baseUrl = await service.ready;
    if (round === 0) {
      key = firstKeyOf(service.stdout);
      await send(baseUrl, '/v1/webhooks', { url: receiver.url });
    }
    const stream = await openStream({ baseUrl, adminKey: key }, '', lastEventId === undefined ? {} : { lastEventId });
    await vi.waitFor(() => expect(stream.lastEventId()).not.toBeNull(), { timeout: 10_000 });
    if (round === kills) {
      const missing = () => [...acknowledged].filter((address) => !seen.some((event) => event.data.entry?.address === address));
      await vi.waitFor(async () => {
        seen.push(...stream.received());
        expect(missing()).toEqual([]);
        const delivered = new Set(receiver.received.map(({ rawBody }) => JSON.parse(rawBody).data.entry.address));
        expect(seen.filter((event) => !delivered.has(event.data.entry?.address))).toEqual([]);
      }, { timeout: 90_000, interval: 200 });
      stream.close();
      break;
    }
    const until = acknowledged.size + 10 + round * 7;
    await Promise.all(Array.from({ length: writers }, async () => {
      for (;;) {
        const address = `+49151${String((next += 1)).padStart(8, '0')}`;
        asked.add(address);
        try {
          await send(baseUrl, '/v1/entries', { entries: [{ kind: 'opt_out', address }] });
        } catch {
          return;
        }
        acknowledged.add(address);
        if (acknowledged.size === until) service.process.kill('SIGKILL');
      }
    }));
    await service.finished;
    seen.push(...(await stream.rest()));
    lastEventId = stream.lastEventId() ?? undefined;
  }

  // Once each, in order, without gaps.
  expect(seen.map(({ position }) => position)).toEqual(Array.from({ length: seen.length }, (_, index) => index + 1));
  expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
  expect(seen.filter(({ data }) => !asked.has(data.entry?.address ?? ''))).toEqual([]);
  // Every try of one event has one id, and every event that was sent happened.
  const events = new Set(seen.map(({ data }) => data.entry?.id));
  const idsOf = Map.groupBy(receiver.received, ({ rawBody }) => JSON.parse(rawBody).data.entry.id as string);
  expect([...idsOf.keys()].filter((entry) => !events.has(entry))).toEqual([]);
  expect([...idsOf.values()].every((tries) => new Set(tries.map(({ headers }) => headers['webhook-id'])).size === 1)).toBe(true);
}, 240_000);
