import type { NodeAPI } from 'node-red';
import { registerAddToBlacklist } from './add-to-blacklist/add-to-blacklist.ts';
import { registerCheck } from './check/check.ts';
import { registerOptOut } from './opt-out/opt-out.ts';
import { registerRemoveFromBlacklist } from './remove-from-blacklist/remove-from-blacklist.ts';
import { registerRemoveOptOut } from './remove-opt-out/remove-opt-out.ts';
import { registerInboundMessage } from './inbound-message/inbound-message.ts';
import { registerLookupRoutes } from './server/lookup-routes.ts';
import { registerServer, type Outside } from './server/server.ts';
import { registerSuppressionEvents } from './suppression-events/suppression-events.ts';
import { registerUnsubscribeLink } from './unsubscribe-link/unsubscribe-link.ts';

/** Registers every node of the pack, over the given outside world. */
export const registerNodes = (RED: NodeAPI, outside: Outside): void => {
  registerServer(RED, outside);
  registerLookupRoutes(RED, outside);
  registerCheck(RED);
  registerAddToBlacklist(RED);
  registerRemoveFromBlacklist(RED);
  registerOptOut(RED);
  registerRemoveOptOut(RED);
  registerInboundMessage(RED);
  registerUnsubscribeLink(RED);
  registerSuppressionEvents(RED, outside);
};
