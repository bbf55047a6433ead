import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { InboundResponse } from '@quietlist/contract/inbound';
import { errorItem, toNodeError } from './errors.ts';
import { inLanes, type Outcome } from './inLanes.ts';
import { resultItem } from './outputs.ts';
import type { Run } from './run.ts';

/** One question about an item: who is its lane, so that what one person wrote is handled in order. */
export interface InboundTask {
  itemIndex: number;
  lane: string;
  ask(): Promise<InboundAnswer>;
}

/** What came of the messages of one request, and what else it said. */
export interface InboundAnswer {
  messages: InboundResponse[];
  more?: IDataObject;
}

/** Requests under way at once. */
const width = 8;

const noMessage = { action: 'ignored', handled: true, entries: [], reply: null, review: null, matched: null, explanation: 'No message was in it that anybody wrote.' };

/**
 * The course of Handle Inbound. “Continue” is reached in one place only, by an answer of the service that says of every message of the item that
 * it is an ordinary one, from somebody whose address it could read; whatever failed is “Handled”.
 */
export const handleItems = async (run: Run, tasksOf: (itemIndex: number) => InboundTask[]): Promise<INodeExecutionData[][]> => {
  const tasks: InboundTask[] = [];
  const errors = new Map<number, unknown>();
  for (const itemIndex of run.items.keys()) {
    try {
      tasks.push(...tasksOf(itemIndex));
    } catch (error) {
      if (!run.context.continueOnFail()) throw toNodeError(run.node, error, itemIndex);
      errors.set(itemIndex, error);
    }
  }
  const outcomes = await inLanes(tasks, { width, goesOn: run.context.continueOnFail(), laneOf: ({ lane }) => lane }, ({ ask }) => ask());
  const answers: InboundAnswer[][] = run.items.map(() => []);
  tasks.forEach(({ itemIndex }, place) => note(outcomes[place], itemIndex, answers, errors));
  if (errors.size > 0 && !run.context.continueOnFail()) {
    const itemIndex = Math.min(...errors.keys());
    throw toNodeError(run.node, errors.get(itemIndex), itemIndex);
  }
  return route(run, answers, errors);
};

const note = (outcome: Outcome<InboundAnswer> | undefined, itemIndex: number, answers: InboundAnswer[][], errors: Map<number, unknown>): void => {
  if (outcome && 'result' in outcome) answers[itemIndex]!.push(outcome.result);
  else if (outcome && !errors.has(itemIndex)) errors.set(itemIndex, outcome.error);
};

const route = (run: Run, answers: InboundAnswer[][], errors: Map<number, unknown>): INodeExecutionData[][] => {
  const all: INodeExecutionData[] = [];
  const outputs: Record<Destination, INodeExecutionData[]> = { handled: [], blocked: [], continue: [] };
  for (const [itemIndex, item] of run.items.entries()) {
    const isFailed = errors.has(itemIndex);
    const messages = answers[itemIndex]!.flatMap((answer) => answer.messages);
    const output = isFailed ? errorItem(errors.get(itemIndex), itemIndex) : resultItem(item, itemIndex, { quietlist: dataOf(answers[itemIndex]!, messages) }, run.asTool);
    all.push(output);
    outputs[isFailed ? 'handled' : destinationOf(messages)].push(output);
  }
  return run.asTool ? [all] : [outputs.handled, outputs.blocked, outputs.continue];
};

type Destination = 'handled' | 'blocked' | 'continue';

const isOrdinary = ({ action, handled, unverified }: InboundResponse): boolean => action === 'none' && !handled && !unverified;

/** Of several messages of one item the strictest decides. */
const destinationOf = (messages: InboundResponse[]): Destination => {
  if (messages.some(({ action }) => action === 'blocked')) return 'blocked';
  return messages.length > 0 && messages.every(isOrdinary) ? 'continue' : 'handled';
};

/** The answer about the message that decided; about several, each of them as well. */
const dataOf = (answers: InboundAnswer[], messages: InboundResponse[]): IDataObject => {
  const deciding = messages.find(({ action }) => action === 'blocked') ?? messages.find((message) => !isOrdinary(message)) ?? messages[0] ?? noMessage;
  const more = Object.assign({}, ...answers.map((answer) => answer.more ?? {})) as IDataObject;
  return { ...deciding, ...(messages.length > 1 ? { messages } : {}), ...more } as unknown as IDataObject;
};
