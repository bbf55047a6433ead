import type { Node, NodeAPI, NodeMessage, NodeMessageInFlow } from 'node-red';
import { everyoneOfMessage } from '@quietlist/client/contacts';
import type { CheckOptions, Person } from '@quietlist/client/types';
import type { UnknownPolicy } from '@quietlist/client/unknown-policy';
import { runAction, type ActionDefinition } from '../shared/action-node.ts';
import { Fields, type Read } from '../shared/fields.ts';
import { flowError } from '../shared/flow-error.ts';
import { inGroups, type Piece } from '../shared/groups.ts';
import type { Outcome, Reading } from '../shared/message-collector.ts';
import { scopeOf, type ScopeDefinition } from '../shared/scope.ts';
import { CheckStatus } from './check-status.ts';
import { decide, notAsked, summary, type Checked } from './decisions.ts';

interface CheckDefinition extends ActionDefinition, ScopeDefinition {
  purpose?: CheckOptions['purpose'];
  direction?: CheckOptions['direction'];
  /** What happens to a message whose check has no answer. */
  whenUnknown?: UnknownPolicy;
}

interface Question {
  people: Person[];
  channels: Array<string | undefined>;
  options: CheckOptions;
}

interface CheckPiece extends Piece<Person | null, CheckOptions> {}

const questionOf = (fields: Fields, definition: CheckDefinition): Read<Question> => {
  const scope = scopeOf(fields, definition, { strict: false, ...(definition.direction === 'inbound' ? {} : { peopleOfMessage: everyoneOfMessage }) });
  const lists = fields.texts('lists');
  return async (msg) => {
    const [{ people, channels, shared }, named] = await Promise.all([scope(msg), lists(msg)]);
    const options: CheckOptions = {
      ...shared,
      ...(named.length > 0 ? { lists: named } : {}),
      ...(definition.purpose ? { purpose: definition.purpose } : {}),
      ...(definition.direction ? { direction: definition.direction } : {}),
    };
    return { people, channels, options };
  };
};

/** Every contact on every channel is asked about; a message without a contact is one question about nobody, which is never answered “allow”. */
const piecesOf = (reading: Reading<Question>, message: number): CheckPiece[] => {
  if ('error' in reading) return [];
  const { people, channels, options } = reading.value;
  const asked = people.length > 0 ? people : [null];
  return asked.flatMap((item) => channels.map((channel) => ({ message, item, options: { ...options, ...(channel === undefined ? {} : { channel }) } })));
};

export const registerCheck = (RED: NodeAPI): void => {
  function Check(this: Node, definition: CheckDefinition): void {
    RED.nodes.createNode(this, definition);
    const policy = definition.whenUnknown ?? 'suppress';
    const counts = new CheckStatus(RED, this);

    runAction<Question>(RED, this, definition, {
      read: questionOf(new Fields(RED, this, definition), definition),
      answer: async (service, messages, readings, status) => {
        const pieces = readings.flatMap(piecesOf);
        const answers =
          'client' in service
            ? await inGroups(pieces, (group, options) => service.client.checkMany(group.map(({ item }) => item), options))
            : new Map<CheckPiece, ReturnType<typeof notAsked>>();
        const checked: Checked[][] = messages.map(() => []);
        for (const piece of pieces) {
          const answer = answers.get(piece);
          if (answer) checked[piece.message]!.push({ contact: piece.item, channel: piece.options.channel ?? null, ...answer });
        }
        const outcomes = messages.map((msg, index): Outcome => {
          const reading = readings[index]!;
          const problem = 'problem' in service ? service.problem : 'error' in reading ? reading.error : null;
          const decision = problem ? notAsked(RED, problem) : summary(checked[index]!);
          return forward(RED, msg, decide(decision, problem && policy === 'allow' ? 'suppress' : policy), checked[index]!, counts);
        });
        counts.show(status);
        return outcomes;
      },
    });
  }
  RED.nodes.registerType('quietlist-check', Check);
};

/** Output 0 is “Suppressed”, output 1 “Clear to send”: nothing that went wrong ever reaches output 1. */
const forward = (RED: NodeAPI, msg: NodeMessageInFlow, decided: ReturnType<typeof decide>, checked: Checked[], counts: CheckStatus): Outcome => {
  const { error, ...decision } = decided.decision;
  counts.add(decided);
  msg['suppression'] = { action: 'check', ...decision, results: checked.map(({ error: _error, ...result }) => result) };
  if (decided.stop) return { error: flowError(RED, decided.stop) };
  const outputs: Array<NodeMessage | null> = decision.mayContact === true ? [null, msg] : [msg, null];
  return { outputs };
};
