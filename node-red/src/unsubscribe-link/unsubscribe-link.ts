import type { Node, NodeAPI } from 'node-red';
import { recipientOfMessage } from '@quietlist/client/contacts';
import { QuietlistError } from '@quietlist/client/errors';
import type { LinkItem, LinkOptions, LinkOutcome } from '@quietlist/client/types';
import { limits } from '@quietlist/contract/limits';
import type { ActionDefinition } from '../shared/action-node.ts';
import { Fields, type Read } from '../shared/fields.ts';
import { inGroups, type Piece } from '../shared/groups.ts';
import { onePersonOf } from '../shared/one-person.ts';
import { resultOf, runRequest, type Result } from '../shared/request-node.ts';
import { addressOptionsOf, type ScopeDefinition } from '../shared/scope.ts';
import { compactCount } from '../shared/status.ts';

interface UnsubscribeLinkDefinition extends ActionDefinition, ScopeDefinition {}

type Scope = Omit<LinkItem, 'person'>;

/** Whose link, and what for. */
interface Wish {
  item: LinkItem['person'];
  options: { scope: Scope; given: LinkOptions };
}

/** A field that points to nothing is an error: a link for every channel instead of one, or for another list, would not do what it says. */
const wishOf = (RED: NodeAPI, fields: Fields, definition: UnsubscribeLinkDefinition): Read<Wish> => {
  const contact = fields.any('contact', { defaultType: 'message', ofMessage: (msg) => recipientOfMessage(msg)?.people });
  const channel = fields.text('channel', limits.channelLength, { strict: true, ofMessage: (msg) => recipientOfMessage(msg)?.channel });
  const sender = fields.text('sender', limits.senderNameLength, { strict: true });
  const list = fields.text('list', limits.nameLength, { strict: true });
  const mailto = fields.text('mailto', limits.addressLength, { strict: true });
  const addressOptions = addressOptionsOf(fields, definition);
  return async (msg) => {
    const [given, onChannel, ofSender, inList, byMail, options] = await Promise.all([contact(msg), channel(msg), sender(msg), list(msg), mailto(msg), addressOptions(msg)]);
    return {
      // Somebody with several addresses is left for the client to refuse, in its own words.
      item: onePersonOf(RED, given) as LinkItem['person'],
      options: {
        scope: {
          ...(onChannel === undefined ? {} : { channel: onChannel }),
          ...(ofSender === undefined ? {} : { sender: ofSender }),
          ...(inList === undefined ? {} : { list: inList }),
        },
        given: { ...(byMail === undefined ? {} : { mailto: byMail }), ...options },
      },
    };
  };
};

export const registerUnsubscribeLink = (RED: NodeAPI): void => {
  function UnsubscribeLink(this: Node, definition: UnsubscribeLinkDefinition): void {
    RED.nodes.createNode(this, definition);
    let made = 0;

    runRequest<Wish, LinkOutcome>(RED, this, definition, {
      read: wishOf(RED, new Fields(RED, this, definition), definition),
      ask: async (client, wishes) => {
        const pieces = wishes.map((wish, message): Piece<Wish['item'], Wish['options']> => ({ message, ...wish }));
        const results = await inGroups(pieces, async (group, { scope, given }) => {
          const answer = await resultOf(client.createUnsubscribeLinks(group.map(({ item }) => ({ person: item, ...scope })), given));
          return group.map((_, index): Result<LinkOutcome> => ('error' in answer ? answer : { value: answer.value[index]! }));
        });
        return pieces.map((piece) => results.get(piece)!);
      },
      forward: (msg, { url, headers, code, message }) => {
        if (url === null || headers === null) throw new QuietlistError({ code: code ?? 'invalid', message: message ?? '', hint: '' });
        made += 1;
        msg['suppression'] = { action: 'unsubscribe_link', unsubscribe: { url, headers } };
        return { outputs: [msg] };
      },
      fail: (msg, error) => {
        msg['suppression'] = { action: 'unsubscribe_link', unsubscribe: null, code: error.code };
        return { error };
      },
      status: () => RED._('status.unsubscribe_link', { made: compactCount(made) }),
    });
  }
  RED.nodes.registerType('quietlist-unsubscribe-link', UnsubscribeLink);
};
