import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { groupByOptions } from '@quietlist/client/group';
import type { CheckDecision, CheckOptions, Person } from '@quietlist/client/types';
import { checkPurposes, directions, type CheckPurpose } from '@quietlist/contract/vocabulary';
import { routeDecisions } from '../../decisions.ts';
import { toNodeError } from '../../errors.ts';
import { addressOptionsOf, anyValue, channelsOf, choicesOf, defined, optionsOf, peopleOf, textOf } from '../../parameters.ts';
import type { Operation, Run } from '../../run.ts';
import { contactField, defaultCountryField, digitsField, optionsField, otherAddressesField, senderField, wordOptions } from '../common/fields.ts';

const { outbound, inbound } = directions;

export const description = updateDisplayOptions({ show: { resource: ['contact'], operation: ['check'] } }, [
  contactField(
    'Phone number with country code, email address or channel handle. Several contacts, separated by commas, are checked together: the item is suppressed when any of them is.',
  ),
  {
    displayName: 'Channel Name or ID',
    name: 'channel',
    type: 'options',
    typeOptions: { loadOptionsMethod: 'getChannels' },
    default: anyValue,
    description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
  {
    displayName: 'Opt-Out List Names or IDs',
    name: 'lists',
    type: 'multiOptions',
    typeOptions: { loadOptionsMethod: 'getListsOrAny' },
    default: [anyValue],
    description: 'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
  {
    displayName: 'If the Check Cannot Be Answered',
    name: 'onUnknown',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Hold Back', value: 'suppress', description: 'Send the item to the Suppressed output' },
      { name: 'Send Anyway (Unsafe)', value: 'allow', description: 'Send the item to the Clear to Send output without knowing' },
      { name: 'Stop With an Error', value: 'error', description: 'Stop the workflow, or follow the On Error setting of this node' },
    ],
    default: 'suppress',
    description: 'What to do when the service does not answer or the contact cannot be read',
  },
  optionsField([
    digitsField,
    defaultCountryField,
    {
      displayName: 'Annotate Only',
      name: 'annotateOnly',
      type: 'boolean',
      noDataExpression: true,
      default: false,
      description: 'Whether to send all items to one output, each with a field mayContact that is true only when it may be contacted',
    },
    { displayName: 'Direction', name: 'direction', type: 'options', options: wordOptions({ outbound, inbound }), default: 'outbound' },
    {
      displayName: 'Purpose',
      name: 'purpose',
      type: 'options',
      options: wordOptions(checkPurposes),
      default: 'marketing',
      description: 'Transactional messages pass marketing opt-outs, but never the blacklist',
    },
    otherAddressesField,
    senderField,
  ]),
] satisfies INodeProperties[]);

/**
 * Asks about all items at once. A contact is a question, and an item with several contacts asks several; lists side by side hold them, since
 * an object for each of 10,000 keeps the garbage collector busy.
 */
export const execute: Operation = async (run) => {
  const people: Person[] = [];
  const scopes: CheckOptions[] = [];
  /** Which question is the first of each item; the item after the last one begins where there are no more. */
  const begins: number[] = [];
  const scopeOf = scopeReader(run);
  const unread = new Map<number, unknown>();
  for (let itemIndex = 0; itemIndex < run.items.length; itemIndex += 1) {
    begins.push(people.length);
    try {
      const options = optionsOf(run, itemIndex);
      const scope = scopeOf(itemIndex, options);
      for (const person of peopleOf(run, itemIndex, options)) {
        people.push(person);
        scopes.push(scope);
      }
    } catch (error) {
      if (!run.context.continueOnFail()) throw toNodeError(run.node, error, itemIndex);
      unread.set(itemIndex, error);
    }
  }
  begins.push(people.length);
  const decisions = new Array<CheckDecision>(people.length);
  for (const { options, items, places } of groupByOptions(people, (_person, place) => scopes[place]!)) {
    const answers = await run.client.checkMany(items, options);
    for (let index = 0; index < places.length; index += 1) decisions[places[index]!] = answers[index]!;
  }
  return routeDecisions(run, (itemIndex) => decisions.slice(begins[itemIndex], begins[itemIndex + 1]), unread);
};

/** Reads the scope of an item. What is no expression is the very same for all items, and then their scope is made once. */
const scopeReader = (run: Run): ((itemIndex: number, options: IDataObject) => CheckOptions) => {
  let last: { given: readonly [channel: unknown, lists: unknown, options: IDataObject]; scope: CheckOptions } | undefined;
  return (itemIndex, options) => {
    const given = [run.read('channel', itemIndex), run.read('lists', itemIndex), options] as const;
    if (last && given.every((value, place) => value === last?.given[place])) return last.scope;
    last = { given, scope: scopeOf(...given) };
    return last.scope;
  };
};

const scopeOf = (channelGiven: unknown, listsGiven: unknown, options: IDataObject): CheckOptions => {
  const [channel] = channelsOf(channelGiven);
  const lists = choicesOf(listsGiven);
  return defined({
    channel: channel ?? undefined,
    sender: textOf(options.sender),
    lists: lists.includes(anyValue) ? undefined : lists,
    purpose: textOf<CheckPurpose>(options.purpose),
    direction: textOf<'outbound' | 'inbound'>(options.direction),
    addressOptions: addressOptionsOf(options),
  });
};
