import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import type { InboundMessage } from '@quietlist/client/types';
import type { CheckPurpose } from '@quietlist/contract/vocabulary';
import { repeatOptions } from '../../eachItem.ts';
import { handleItems, type InboundTask } from '../../inboundItems.ts';
import { addressOptionsOf, channelsOf, contactsOf, defined, optionsOf, said, textOf } from '../../parameters.ts';
import { providerNews } from '../../providerNews.ts';
import type { Operation, Run } from '../../run.ts';
import { triggerMessages } from '../../triggerMessages.ts';
import { messageDescription } from './fields.ts';
import { definedNews, newsTask } from './fromProvider.ts';

export const description = messageDescription;

export const execute: Operation = (run) =>
  handleItems(run, (itemIndex) => {
    const mode = run.read('messageMode', itemIndex);
    const news = mode === 'provider' ? definedNews(run, itemIndex) : mode === 'fields' ? undefined : providerNews(run.items[itemIndex]!.json);
    if (news !== undefined) return [newsTask(run, itemIndex, news)];
    const messages = mode === 'fields' ? [definedMessage(run, itemIndex)] : readMessages(run, itemIndex);
    const around = aroundOf(optionsOf(run, itemIndex));
    return messages.map((message, place) => taskOf(run, itemIndex, place, { ...message, ...around }));
  });

const taskOf = (run: Run, itemIndex: number, place: number, message: InboundMessage): InboundTask => ({
  itemIndex,
  lane: JSON.stringify(message.person),
  ask: async () => ({ messages: [await run.client.handleInbound(message, repeatOptions(run, itemIndex, place))] }),
});

const readMessages = (run: Run, itemIndex: number): InboundMessage[] => {
  const messages = triggerMessages(run.items[itemIndex]!.json);
  if (messages !== undefined) return messages;
  throw new NodeOperationError(run.node, 'The item is not from a trigger that this node knows', {
    description: 'Set “Message” to “Define Below” and fill in the contact, the channel and the text.',
    itemIndex,
  });
};

/** Text is handed on as it is: spaces and line breaks are the person's. */
const definedMessage = (run: Run, itemIndex: number): InboundMessage => {
  const [channel] = channelsOf(run.read('messageChannel', itemIndex));
  const button = defined({ text: wordsOf(run.read('buttonText', itemIndex)), payload: wordsOf(run.read('buttonPayload', itemIndex)) });
  const contacts = contactsOf(run.read('contact', itemIndex));
  return {
    person: contacts.length === 1 ? contacts[0]! : contacts,
    channel: said(run, itemIndex, channel ?? undefined, 'Channel Name or ID'),
    ...defined({
      text: wordsOf(run.read('text', itemIndex)),
      button: Object.keys(button).length > 0 ? button : undefined,
      messageId: textOf(run.read('messageId', itemIndex)),
    }),
  };
};

const wordsOf = (value: unknown): string | undefined => (value === undefined || value === null || value === '' ? undefined : String(value));

const aroundOf = (options: IDataObject): Partial<InboundMessage> => {
  const purpose = textOf<CheckPurpose>(options.purpose);
  return defined({
    sender: textOf(options.sender),
    inReplyTo: purpose === undefined ? undefined : { purpose },
    inFlow: options.inFlow === true ? true : undefined,
    dryRun: options.dryRun === true ? true : undefined,
    addressOptions: addressOptionsOf(options),
  });
};
