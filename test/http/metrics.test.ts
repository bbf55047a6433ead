import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreUnavailable, type Store } from '../../server/src/app/ports.ts';
import { freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let isBroken = false;
const wrapStore = (store: Store): Store => ({
  ...store,
  entries: { ...store.entries, findOpen: (...words) => (isBroken ? Promise.reject(new StoreUnavailable('Gone.')) : store.entries.findOpen(...words)) },
});

beforeAll(async () => {
  service = await startService({ wrapStore });
});
afterAll(() => service.stop());

const read = async (options: Parameters<TestService['call']>[3] = {}): Promise<string> => (await service.call('GET', '/metrics', undefined, options)).body as string;

/** The value of one series; 0 when it is not there yet. */
const valueOf = (text: string, series: string): number => Number(text.split('\n').find((line) => line.startsWith(`${series} `))?.slice(series.length + 1) ?? 0);

/** By how much a series grows through some work. */
async function growth(series: string, work: () => Promise<unknown>): Promise<number> {
  const before = valueOf(await read(), series);
  await work();
  return valueOf(await read(), series) - before;
}

const block = (address: string, headers: Record<string, string> = {}) => service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address }, { kind: 'opt_out', address: 'not an address', source: 'manual' }] }, { headers });

describe('/metrics', () => {
  it('is Prometheus text: every series has a type and a number, every histogram adds up', async () => {
    await service.call('POST', '/v1/checks', { recipients: [freshPhone()] });
    const { headers } = await service.call('GET', '/metrics');
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await read();
    expect(text.endsWith('\n')).toBe(true);
    const types = new Map<string, string>();
    const buckets = new Map<string, number[]>();
    for (const line of text.trimEnd().split('\n')) {
      const type = /^# TYPE ([a-z_0-9]+) (counter|gauge|histogram)$/.exec(line);
      if (type) types.set(type[1] as string, type[2] as string);
      if (line.startsWith('#')) continue;
      const [, name = '', labels = '', value] = /^([a-z_0-9]+)(\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+\})? (\d+(?:\.\d+)?(?:e[+-]\d+)?)$/.exec(line) ?? [];
      expect(value, line).toBeDefined();
      expect(types.has(name.replace(/_(bucket|sum|count)$/, '')) || types.has(name), line).toBe(true);
      const series = labels.replace(/,?le="[^"]*"/, '');
      if (name.endsWith('_bucket')) buckets.set(series, [...(buckets.get(series) ?? []), Number(value)]);
      if (name.endsWith('_seconds_count')) expect(buckets.get(series)?.at(-1)).toBe(Number(value));
    }
    expect(buckets.size).toBeGreaterThan(0);
    for (const counts of buckets.values()) expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it('counts the recipients of checks by decision', async () => {
    const phone = freshPhone();
    await block(phone);
    const check = () => service.call('POST', '/v1/checks', { recipients: [phone, freshPhone(), freshPhone(), 'nobody can read this'] });
    expect(await growth('quietlist_checks_total{decision="allow"}', check)).toBe(2);
    expect(await growth('quietlist_checks_total{decision="suppress"}', check)).toBe(1);
    expect(await growth('quietlist_checks_total{decision="unknown"}', check)).toBe(1);
  });

  it('counts what was added and removed by kind and outcome, and a repeated write once', async () => {
    const phone = freshPhone();
    const twice = async (): Promise<void> => {
      await block(phone, { 'idempotency-key': 'metrics' });
      await block(phone, { 'idempotency-key': 'metrics' });
    };
    expect(await growth('quietlist_entries_added_total{kind="block",outcome="added"}', twice)).toBe(1);
    expect(await growth('quietlist_entries_added_total{kind="opt_out",outcome="invalid"}', () => block(freshPhone()))).toBe(1);
    const remove = (dryRun: boolean) => service.call('POST', '/v1/entries/remove', { kind: 'block', addresses: [phone], dryRun });
    expect(await growth('quietlist_entries_removed_total{kind="block",outcome="removed"}', () => remove(true))).toBe(0);
    expect(await growth('quietlist_entries_removed_total{kind="block",outcome="removed"}', () => remove(false))).toBe(1);
  });

  it('counts requests by route, never by path, and errors of the store', async () => {
    expect(await growth('quietlist_http_requests_total{route="/v1/addresses/:address",method="GET",status="2xx"}', () => service.call('GET', '/v1/addresses/%2B14155552671'))).toBe(1);
    expect(await growth('quietlist_http_requests_total{route="none",method="GET",status="4xx"}', () => service.call('GET', '/v1/%2B14155552671'))).toBe(1);
    isBroken = true;
    expect(await growth('quietlist_store_errors_total{during="request"}', () => service.call('POST', '/v1/checks', { recipients: [freshPhone()] }))).toBe(1);
    isBroken = false;
  });

  it('tells the state of the process', async () => {
    const text = await read();
    expect(text).toContain(`quietlist_build_info{version="0.0.0-test",node="${process.versions.node}"} 1\n`);
    for (const series of ['process_resident_memory_bytes', 'process_start_time_seconds', 'process_cpu_seconds_total', 'quietlist_open_connections']) expect(valueOf(text, series)).toBeGreaterThan(0);
    expect(valueOf(text, 'quietlist_requests_in_flight')).toBe(0);
    expect(valueOf(text, 'quietlist_request_bytes_in_flight')).toBe(0);
  });

  it('has every figure in the guide', async () => {
    const guide = readFileSync(new URL('../../docs/guide/operations.md', import.meta.url), 'utf8');
    for (const [, name] of (await read()).matchAll(/^# TYPE (\S+)/gm)) expect(guide).toContain(`\`${String(name)}\``);
  });

  it('names no address, key or workspace', async () => {
    await service.createKey('admin', { workspace: 'A customer' });
    const text = await read();
    for (const secret of ['1415555', 'example.com', 'ql_live', 'key_', 'main', 'A customer', 'wsp_']) expect(text).not.toContain(secret);
  });
});

describe('who may read /metrics', () => {
  it('is a viewer of the first workspace, whose service it is: the figures are those of all', async () => {
    expectProblem(await service.call('GET', '/metrics', undefined, { key: null }), 'unauthenticated');
    expectProblem(await service.call('GET', '/metrics', undefined, { key: await service.createKey('admin', { workspace: 'theirs' }) }), 'forbidden');
    expect((await service.call('GET', '/metrics', undefined, { key: await service.createKey('viewer') })).status).toBe(200);
  });

  it('is everybody where the service was started so', async () => {
    const open = await startService({ http: { hasOpenMetrics: true } });
    expect((await open.call('GET', '/metrics', undefined, { key: null })).status).toBe(200);
    await open.stop();
  });
});
