import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeAPI } from 'node-red';
import { createAxiosTransport } from '@quietlist/client/axios-transport';
import { registerNodes } from './register.ts';

/** What Node-RED calls when it loads the pack. */
export default function quietlist(RED: NodeAPI): void {
  registerNodes(RED, {
    createTransport: (connection) => createAxiosTransport({ ...connection, userAgent: 'quietlist-node-red' }),
    sleep: (milliseconds) => sleep(milliseconds),
    setTimer: (callback, milliseconds) => {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    now: Date.now,
    random: Math.random,
  });
}
