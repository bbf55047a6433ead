import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { QuietlistClient } from '@quietlist/client/client';
import type { QuietlistError } from '@quietlist/client/errors';
import { EventFollower } from '@quietlist/client/follow-events';
import type { FeedEvent } from '@quietlist/contract/feed';
import { feedTypes } from '@quietlist/contract/vocabulary';
import { connectedServer, serverOf, type Outside } from '../server/server.ts';
import { errorWord, flowError } from '../shared/flow-error.ts';
import { compactCount, StatusLine } from '../shared/status.ts';
import { textsOf } from '../shared/values.ts';
import { LastPosition } from './last-position.ts';

interface SuppressionEventsDefinition extends NodeDef {
  server: string;
  /** Separated by commas, while `typesType` is not `none`: all. */
  types?: string;
  typesType?: string;
  /** Id or name, while `listType` is not `none`: any. */
  list?: string;
  listType?: string;
  /** Where to begin when nothing was seen before. */
  begin?: 'new' | 'oldest';
}

/** Types are always named, so that an event of a newer service, which this version cannot read, is not sent here. */
const queryOf = ({ types, typesType = 'none', list, listType = 'none' }: SuppressionEventsDefinition): Record<string, string> => {
  const chosen = typesType === 'none' ? [] : (textsOf(types) ?? []).filter((type) => Object.hasOwn(feedTypes, type));
  return { types: (chosen.length > 0 ? chosen : Object.keys(feedTypes)).join(','), ...(listType === 'none' || !list ? {} : { list }) };
};

const messageOf = ({ id, position, type, timestamp, data }: FeedEvent) => ({
  topic: type,
  payload: data,
  suppression: { action: 'event', id, position, type, timestamp },
});

/** The position before the oldest event that is kept. */
const beforeOldest = async (client: QuietlistClient): Promise<number> => {
  const { data: [oldest], position } = await client.listEvents({ limit: 1 });
  return oldest ? oldest.position - 1 : position;
};

/** Follows the event stream from deploy to deploy. */
export const registerSuppressionEvents = (RED: NodeAPI, { setTimer, now, random }: Outside): void => {
  function SuppressionEvents(this: Node, definition: SuppressionEventsDefinition): void {
    RED.nodes.createNode(this, definition);
    const status = new StatusLine(this);
    const service = connectedServer(RED, serverOf(RED, definition.server));
    if ('problem' in service) {
      status.show('red', 'ring', RED._('status.not_configured'));
      this.error(flowError(RED, service.problem), {});
      return;
    }
    const last = new LastPosition(RED, this, service.connection.baseUrl);
    let received = 0;
    let told: string | null = null;
    const showConnected = () => status.show('green', 'dot', RED._('status.listening', { received: compactCount(received) }));
    /** What somebody has to do something about is told to Catch nodes and the log once, not with every try. */
    const showProblem = (error: QuietlistError): void => {
      status.show('red', 'ring', errorWord(RED, error.code));
      if (error.code === 'events-gone') last.keep(null);
      if (error.retryable || error.code === told) return;
      told = error.code;
      this.error(flowError(RED, error), {});
    };

    status.show('yellow', 'ring', RED._('status.connecting'));
    const follower = new EventFollower({
      transport: service.streams,
      query: queryOf(definition),
      begin: async () => (await last.read()) ?? (definition.begin === 'oldest' ? beforeOldest(service.client) : null),
      onEvent: (event) => {
        received += 1;
        this.send(messageOf(event));
      },
      onPosition: (position) => {
        last.keep(position);
        showConnected();
      },
      onState: (error) => {
        if (error) return showProblem(error);
        told = null;
        showConnected();
      },
      setTimer,
      now,
      random,
    });
    this.on('close', (_removed: boolean, done: () => void) => {
      void follower.close().then(() => {
        status.clear();
        done();
      });
    });
  }
  RED.nodes.registerType('quietlist-suppression-events', SuppressionEvents);
};
