import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { startEmbeddedNodeRed, type EmbeddedNodeRed } from '../support/embedded-node-red.ts';
import { startService, type TestService } from '../support/service.ts';

const folder = resolve(import.meta.dirname, '../../node-red/examples');
const examples: any[] = globSync('*.json', { cwd: folder }).flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
/** One node of each type that has a dialog of ours, and every one of those whose dialogs change with what is chosen. */
const ours = examples.filter(({ type }, place) => type.startsWith('quietlist-') && type !== 'quietlist-server' && (type === 'quietlist-inbound-message' || examples.findIndex((other) => other.type === type) === place));

let service: TestService;
let nodeRed: EmbeddedNodeRed;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  service = await startService();
  await service.call('POST', '/v1/lists', { name: 'Promotions' });
  const withService = examples.map((node) => (node.type === 'quietlist-server' ? { ...node, url: service.baseUrl, credentials: { apiKey: service.adminKey } } : node));
  [nodeRed, browser] = await Promise.all([startEmbeddedNodeRed(() => withService, { withEditor: true }), startBrowser()]);
  page = await browser.newPage();
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  await page.goto(nodeRed.url);
  await page.waitForSelector('.red-ui-palette-node[data-palette-type="quietlist-check"]', { state: 'attached' });
  await page.waitForFunction((id) => Boolean((globalThis as any).RED?.nodes.node(id)), ours[0].id);
});
afterAll(async () => {
  await browser.close();
  await nodeRed.stop();
  await service.stop();
});

const properties = (id: string): Promise<Record<string, unknown>> =>
  page.evaluate((nodeId) => {
    const node = (globalThis as any).RED.nodes.node(nodeId);
    return Object.fromEntries(Object.keys(node._def.defaults).map((name) => [name, node[name]]));
  }, id);

const open = async (id: string): Promise<void> => {
  await page.evaluate((nodeId) => {
    const { RED } = globalThis as any;
    const node = RED.nodes.node(nodeId);
    RED.workspaces.show(node.z);
    RED.editor.edit(node);
  }, id);
  await page.waitForSelector('#node-dialog-ok', { state: 'visible' });
};

const close = async (button: 'ok' | 'cancel'): Promise<void> => {
  await page.click(`#node-dialog-${button}`);
  await page.waitForSelector('#node-dialog-ok', { state: 'detached' });
};

describe('in the real editor', () => {
  it('every node of the examples is valid, and every node of ours is in the palette', async () => {
    const invalid = await page.evaluate(() => {
      const found: unknown[] = [];
      (globalThis as any).RED.nodes.eachNode((node: any) => void (node.valid || found.push([node.id, node.validationErrors])));
      return found;
    });
    expect(invalid).toEqual([]);
    for (const { type } of ours) expect(await page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`).count()).toBe(1);
  });

  it.each(ours.map(({ type, id }) => [type, id]))('the dialog of %s (%s) opens, says all in words, and changes nothing when it is left as it is', async (_type, id) => {
    const before = await properties(id);
    await open(id);
    const words = await page.locator('.quietlist-dialog [data-i18n]').allTextContents();
    expect(words.filter((text) => /^[a-z_]+\.[a-z_.]+$/i.test(text))).toEqual([]);
    await close('ok');
    expect(await properties(id)).toEqual(before);
    expect(complaints).toEqual([]);
  });

  it('an inbound message shows the fields of what it reads, and no others', async () => {
    const { id } = ours.find(({ type }) => type === 'quietlist-inbound-message');
    await open(id);
    for (const [reads, shown, hidden] of [['provider', 'provider', 'contact'], ['message', 'contact', 'provider']] as const) {
      await page.selectOption('#node-input-reads', reads);
      const row = (name: string) => page.locator(`.form-row:has(#node-input-${name})`);
      expect([reads, await row(shown).isVisible(), await row(hidden).isVisible()]).toEqual([reads, true, false]);
    }
    await close('cancel');
  });

  it('offers the lists of the service', async () => {
    const { id } = ours.find(({ type }) => type === 'quietlist-unsubscribe-link');
    await open(id);
    // Before the service has answered it is the id, `default`.
    await expect.poll(() => page.locator('.form-row:has(#node-input-list)').textContent(), { timeout: 10_000 }).toContain('Default');
    await close('cancel');
  });
});
