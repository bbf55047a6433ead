import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { decideInbound, type InboundDecision } from '@quietlist/client/inbound-decision';
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

const noMessage = { action: 'ignored', handled: true, entries: [], reply: null, review: null, matched: null, explanation: 'Nothing in it is a message that anybody wrote.' };

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
  const outputs: Record<InboundDecision, INodeExecutionData[]> = { handled: [], blocked: [], continue: [] };
  for (const [itemIndex, item] of run.items.entries()) {
    const { decision, data } = errors.has(itemIndex) ? { decision: 'handled' as const, data: undefined } : saidOf(answers[itemIndex]!);
    const output = data === undefined ? errorItem(errors.get(itemIndex), itemIndex) : resultItem(item, itemIndex, { quietlist: data }, run.asTool);
    all.push(output);
    outputs[decision].push(output);
  }
  return run.asTool ? [all] : [outputs.handled, outputs.blocked, outputs.continue];
};

/** The answer about the message that decided; about several, each of them as well. */
const saidOf = (answers: InboundAnswer[]): { decision: InboundDecision; data: IDataObject } => {
  const messages = answers.flatMap((answer) => answer.messages);
  const { decision, deciding = noMessage } = decideInbound(messages);
  const more = Object.assign({}, ...answers.map((answer) => answer.more ?? {})) as IDataObject;
  const isEvent = Number(more.suppressed ?? 0) + Number(more.resumed ?? 0) > 0;
  return { decision: isEvent ? 'handled' : decision, data: { ...deciding, ...(messages.length > 1 ? { messages } : {}), ...more } as unknown as IDataObject };
};
