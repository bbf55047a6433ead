import type { CheckResponse } from '@quietlist/contract/check';
import type { AddEntriesRequest, AddEntriesResponse, RemoveEntriesRequest, RemoveEntriesResponse } from '@quietlist/contract/entry';
import type { InboundResponse } from '@quietlist/contract/inbound';
import type { RouteName } from '@quietlist/contract/routes';
import type { ServiceMetrics } from '../metrics/service-metrics.ts';

/** Counts what an answer that goes out says was decided or changed. */
export function noteAnswer(metrics: ServiceMetrics, name: RouteName, request: unknown, answer: unknown): void {
  if (name === 'check') metrics.checked(answer as CheckResponse);
  else if (name === 'addEntries') metrics.entriesAdded(request as AddEntriesRequest, answer as AddEntriesResponse);
  else if (name === 'removeEntries') metrics.entriesRemoved(request as RemoveEntriesRequest, answer as RemoveEntriesResponse);
  else if (name === 'handleInbound' && answer !== undefined) metrics.inboundHandled(answer as InboundResponse);
}
