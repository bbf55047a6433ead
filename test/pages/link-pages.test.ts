import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { StoreUnavailable, type Store } from '../../server/src/app/ports.ts';
import { startBrowser } from '../support/browser.ts';
import { entriesOf, makeLink, written } from '../support/links.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let browser: Browser;
let cannotWrite = false;
const wrapStore = (store: Store): Store => ({ ...store, write: (work) => (cannotWrite ? Promise.reject(new StoreUnavailable('Gone.')) : store.write(work)) });
beforeAll(async () => {
  [service, browser] = await Promise.all([startService({ wrapStore }), startBrowser()]);
  await service.call('POST', '/v1/lists', { name: 'Spring offers' });
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

async function opened(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  onTestFinished(() => context.close());
  return context.newPage();
}

let people = 0;
const linkTo = (address: string) => makeLink(service, { address, list: 'Spring offers', channel: 'email' });
const someone = (): string => `person${(people += 1)}@example.com`;
const heading = (page: Page) => page.locator('h1').textContent();

/** Leads through every page there is, and calls `look` on each. */
async function everyPage(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  const { path } = await linkTo(someone());
  await page.goto(service.baseUrl + path);
  await look('confirm');
  await page.locator('button').click();
  await page.waitForSelector('summary');
  await look('done');
  await page.locator('summary').click();
  await look('consent');
  await page.locator('form').evaluate((form) => form.setAttribute('novalidate', ''));
  await page.locator('form button').click();
  await page.waitForSelector('.alert');
  await look('consent missing');
  await page.locator('input').check();
  await page.locator('form button').click();
  await page.waitForSelector('a.quiet');
  await look('subscribed again');
  await page.goto(`${service.baseUrl}/u/none`);
  await look('unknown');
  cannotWrite = true;
  await page.goto(service.baseUrl + path);
  await page.locator('button').click();
  await page.waitForSelector('.wait');
  cannotWrite = false;
  await look('unavailable');
}

describe('the pages behind a link', () => {
  it('have nothing that axe finds, in the light and in the dark', async () => {
    const page = await opened({ locale: 'de-DE' });
    const found: string[] = [];
    await everyPage(page, async (name) => {
      for (const [colorScheme, axe] of [['light', new AxeBuilder({ page })], ['dark', new AxeBuilder({ page }).withRules(['color-contrast'])]] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await axe.setLegacyMode().analyze();
        found.push(...violations.map(({ id, nodes }) => `${name}, ${colorScheme}: ${id} ${nodes[0]?.html ?? ''}`));
      }
    });
    expect(found).toEqual([]);
  });

  it('fit on a desk, on phones and at twice the size, with buttons that a thumb cannot miss', async () => {
    const page = await opened({ locale: 'fr-FR' });
    const wrong: string[] = [];
    const names: string[] = [];
    await everyPage(page, async (name) => {
      names.push(name);
      for (const width of [195, 320, 390, 1280]) {
        await page.setViewportSize({ width, height: 700 });
        if ((await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')) === true) wrong.push(`${name} is wider than ${width}`);
        const boxes = await Promise.all((await page.locator('button:visible, a:visible, summary:visible, label:visible').all()).map((element) => element.boundingBox()));
        if (boxes.some((box) => box === null || box.height < 44 || box.width < 44)) wrong.push(`${name} has something small at ${width}`);
      }
    });
    expect(wrong).toEqual([]);
    expect(names).toEqual(['confirm', 'done', 'consent', 'consent missing', 'subscribed again', 'unknown', 'unavailable']);
  });

  it('work with a keyboard alone, without script and without cookies', async () => {
    const page = await opened({ javaScriptEnabled: false });
    const address = someone();
    const { path } = await linkTo(address);
    await page.goto(service.baseUrl + path);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.done');
    expect(await entriesOf(service, address)).toMatchObject([{ by: 'recipient', status: 'active', evidence: { via: 'page' } }]);

    for (const key of ['Tab', 'Enter', 'Tab', 'Space', 'Tab', 'Enter']) await page.keyboard.press(key);
    await page.waitForSelector('a');
    expect(await heading(page)).toBe('You are subscribed again');
    expect((await entriesOf(service, address)).map(({ status }) => status)).toEqual(['removed']);
    expect(await page.context().cookies()).toEqual([]);
    await page.goto(`${service.baseUrl}${path}/resubscribe`);
    expect([await heading(page), new URL(page.url()).pathname]).toEqual(['Unsubscribe?', path]);
  });

  it('show where the focus is', async () => {
    const page = await opened();
    await page.goto(service.baseUrl + (await linkTo(someone())).path);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineWidth')).toBe('3px');
  });

  it('do not let anybody in again by a box that is not ticked', async () => {
    const page = await opened();
    const address = someone();
    await page.goto(service.baseUrl + (await linkTo(address)).path);
    await page.locator('button').click();
    await page.locator('summary').click();
    expect(await page.locator('input').isChecked()).toBe(false);
    await page.locator('form button').click();
    expect([await heading(page), (await entriesOf(service, address))[0]?.status]).toEqual(['You are unsubscribed', 'active']);
  });

  it('work behind a path of a proxy: what they lead to is relative', async () => {
    const page = await opened();
    const address = someone();
    const { path } = await linkTo(address);
    await page.route('**/mail/quiet/**', (route) => route.continue({ url: route.request().url().replace('/mail/quiet', '') }));
    await page.goto(`${service.baseUrl}/mail/quiet${path}`);
    for (const step of ['button', 'summary', 'input', 'form button', 'a']) await page.locator(step).click();
    await page.waitForURL(`${service.baseUrl}/mail/quiet${path}`);
    expect(await heading(page)).toBe('Unsubscribe?');
    expect((await entriesOf(service, address)).map(({ status }) => status)).toEqual(['removed']);
  });
});

describe('a link scanner', () => {
  it('that opens a link in a real browser, runs scripts, scrolls, hovers and follows every link writes nothing', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 }, userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeLinks' });
    const errors: string[] = [];
    page.on('console', (message) => void errors.push(message.text()));
    const { path } = await linkTo(someone());
    const before = await written(service);
    for (let round = 0; round < 5; round += 1) {
      await page.goto(`${service.baseUrl}${path}?round=${round}`, { waitUntil: 'load' });
      await page.mouse.wheel(0, 500);
      await page.locator('button').hover();
      for (const href of await page.locator('a, link, area').evaluateAll((links) => links.map((link) => (link as unknown as { href: string }).href))) await page.request.get(href);
      await page.reload();
    }
    await Promise.all(Array.from({ length: 50 }, () => page.request.get(service.baseUrl + path)));
    await Promise.all(Array.from({ length: 50 }, () => page.request.head(service.baseUrl + path)));
    expect(await written(service)).toBe(before);
    expect(errors).toEqual([]);
  });
});
