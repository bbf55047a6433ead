import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { AddEntriesRequest, AddEntriesResponse, RemoveEntriesRequest, RemoveEntriesResponse } from '@quietlist/contract/entry';
import type { CheckResponse } from '@quietlist/contract/check';
import type { InboundResponse } from '@quietlist/contract/inbound';
import { Counter, Histogram, Reading, type Instrument } from './instruments.ts';

const durationBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const nanoseconds = 1e9;
const sampleMs = 10;

/** Figures that others hold, read when they are asked for. */
export interface Gauges {
  openConnections(): number;
  requestsInFlight(): number;
  bytesInFlight(): number;
  eventStreams(): number;
}

/**
 * The figures of one process. Labels are routes, words of the contract and names of jobs: never an address, a key or a workspace.
 * Figures of the process carry the names that dashboards for Node know.
 */
export function serviceMetrics(version: string) {
  const lag = monitorEventLoopDelay({ resolution: sampleMs });
  lag.enable();
  let gauges: Gauges = { openConnections: () => 0, requestsInFlight: () => 0, bytesInFlight: () => 0, eventStreams: () => 0 };

  const requests = new Counter('quietlist_http_requests_total', 'Requests answered.', ['route', 'method', 'status']);
  const durations = new Histogram('quietlist_http_request_duration_seconds', 'From the head of a request to the end of its answer.', 'route', durationBounds);
  const refused = new Counter('quietlist_requests_refused_total', 'Requests refused before any work.', ['code']);
  const checks = new Counter('quietlist_checks_total', 'Recipients checked, by decision.', ['decision']);
  const added = new Counter('quietlist_entries_added_total', 'Items of adds, by kind and outcome.', ['kind', 'outcome']);
  const removed = new Counter('quietlist_entries_removed_total', 'Items of removals, by kind (any: by id) and outcome.', ['kind', 'outcome']);
  const inbound = new Counter('quietlist_inbound_messages_total', 'Inbound messages handled, by what came of them.', ['action']);
  const storeErrors = new Counter('quietlist_store_errors_total', 'Times the store could not read or write.', ['during']);
  const deliveries = new Counter('quietlist_webhook_deliveries_total', 'Tries of deliveries to webhooks, by outcome.', ['outcome']);
  const jobRuns = new Counter('quietlist_job_runs_total', 'Runs of background jobs.', ['job', 'outcome']);

  const instruments: Instrument[] = [
    requests, durations, refused, checks, added, removed, inbound, storeErrors, jobRuns, deliveries,
    new Reading('quietlist_requests_in_flight', 'gauge', 'Requests under way.', () => gauges.requestsInFlight()),
    new Reading('quietlist_request_bytes_in_flight', 'gauge', 'Bytes of the bodies under way.', () => gauges.bytesInFlight()),
    new Reading('quietlist_open_connections', 'gauge', 'Open connections.', () => gauges.openConnections()),
    new Reading('quietlist_event_streams', 'gauge', 'Open event streams.', () => gauges.eventStreams()),
    new Reading('quietlist_build_info', 'gauge', 'What runs here.', () => 1, { version, node: process.versions.node }),
    new Reading('nodejs_eventloop_lag_mean_seconds', 'gauge', 'Mean delay of the event loop since the last reading.', () => seconds(lag.mean)),
    new Reading('nodejs_eventloop_lag_p99_seconds', 'gauge', '99th percentile of that delay.', () => seconds(lag.percentile(99))),
    new Reading('nodejs_eventloop_lag_max_seconds', 'gauge', 'The longest of that delay.', () => seconds(lag.max)),
    new Reading('nodejs_heap_size_used_bytes', 'gauge', 'Heap in use.', () => process.memoryUsage().heapUsed),
    new Reading('process_resident_memory_bytes', 'gauge', 'Resident memory.', () => process.memoryUsage.rss()),
    new Reading('process_cpu_seconds_total', 'counter', 'Processor time, user and system.', () => cpuSeconds()),
    new Reading('process_start_time_seconds', 'gauge', 'When the process started, since 1970.', () => performance.timeOrigin / 1_000),
  ];

  return {
    requests, durations, refused, storeErrors, jobRuns, deliveries,

    checked({ counts }: CheckResponse): void {
      for (const decision of ['allow', 'suppress', 'unknown'] as const) if (counts[decision] > 0) checks.add([decision], counts[decision]);
    },

    entriesAdded({ entries }: AddEntriesRequest, { results }: AddEntriesResponse): void {
      for (const { index, outcome } of results) added.add([entries[index]?.kind ?? 'any', outcome]);
    },

    /** What came of an opt-out by an unsubscribe link. */
    optedOutByLink(outcome: string): void {
      added.add(['opt_out', outcome]);
    },

    entriesRemoved({ kind, dryRun }: RemoveEntriesRequest, { results }: RemoveEntriesResponse): void {
      if (dryRun) return;
      for (const { outcome } of results) removed.add([kind ?? 'any', outcome]);
    },

    inboundHandled({ action, dryRun }: InboundResponse): void {
      if (!dryRun) inbound.add([action]);
    },

    readFrom(source: Gauges): void {
      gauges = source;
    },

    /** All figures as Prometheus text. The delays of the event loop begin anew. */
    text(): string {
      const text = instruments.map((instrument) => instrument.text()).join('');
      lag.reset();
      return text;
    },

    stop(): void {
      lag.disable();
    },
  };
}

export type ServiceMetrics = ReturnType<typeof serviceMetrics>;

/** What Node measures holds the interval of its samples; before the first one there is no figure. */
const seconds = (measured: number): number => (Number.isNaN(measured) ? 0 : Math.max(0, measured / nanoseconds - sampleMs / 1_000));

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
