import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { quietlistType, runWorkflow, type WorkflowJson } from '../support/n8n-engine.ts';
import { n8nSuite } from '../support/n8n-suite.ts';

interface Tool {
  name: string;
  description: string;
  invoke(args: Record<string, unknown>): Promise<string>;
}

/** Stands where n8n's AI Agent stands: it takes its tools from the engine and calls each as a model would, with the arguments of the item. */
const agent: INodeType = {
  description: {
    displayName: 'Agent', name: 'agent', group: ['transform'], version: 1, description: 'Agent', defaults: { name: 'Agent' },
    inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool], outputs: [NodeConnectionTypes.Main], properties: [],
  },
  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const tools = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
    const answers: INodeExecutionData[] = [];
    for (const { json } of this.getInputData()) {
      for (const { name, description, invoke } of tools.map((tool) => ({ name: tool.name, description: tool.description, invoke: (args: Record<string, unknown>) => tool.invoke(args) }))) {
        answers.push({ json: { name, description, answer: JSON.parse(await invoke(json)) } });
      }
    }
    return [answers];
  },
};

describe('Quietlist as a tool of an AI agent', () => {
  const suite = n8nSuite();

  const ask = async (resource: string, operation: string, parameters: Record<string, unknown>, args: Array<Record<string, unknown>>) => {
    const json: WorkflowJson = {
      nodes: [
        { name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
        { name: 'Agent', type: 'test.agent' },
        { name: 'Quietlist', type: `${quietlistType}Tool`, parameters: { resource, operation, descriptionType: 'auto', contact: '={{ $fromAI("contact", "whom to check", "string") }}', ...parameters } as never },
      ],
      connections: {
        Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
        Quietlist: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
      },
    };
    const run = await runWorkflow(json, { ...suite.options(), nodeTypes: { 'test.agent': agent }, input: args.map((arg) => ({ json: arg as never })) });
    expect(run.error).toBeUndefined();
    return run.items('Agent').map((item) => item.json as { name: string; description: string; answer: Array<Record<string, unknown>> });
  };

  it('gives the agent the bare decision, for suppressed contacts too', async () => {
    await suite.service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: '+14155550801' }] });
    const answers = await ask('contact', 'check', {}, [{ contact: '+14155550801' }, { contact: '+14155550802' }, { contact: 'nobody' }]);
    expect(answers.map(({ answer }) => answer)).toEqual([
      [expect.objectContaining({ decision: 'suppress', mayContact: false, code: 'blacklisted', explanation: expect.any(String) })],
      [expect.objectContaining({ decision: 'allow', mayContact: true })],
      [expect.objectContaining({ decision: 'unknown', mayContact: false })],
    ]);
  });

  it('reads a field that its author chose from the item of the agent', async () => {
    const answers = await ask('contact', 'check', { contact: '={{ $json.phone }}' }, [{ phone: '+14155550802' }]);
    expect(answers[0]!.answer).toEqual([expect.objectContaining({ decision: 'allow' })]);
  });

  it('tells the agent what each operation does', async () => {
    const [check] = await ask('contact', 'check', {}, [{ contact: '+14155550802' }]);
    expect(check!.description).toBe('Check whether contacts may be contacted in Quietlist');
    const [optOut] = await ask('optOut', 'optOut', {}, [{ contact: '+14155550803' }]);
    expect(optOut!.description).toBe('Opt contacts out of lists in Quietlist');
  });

  it('marks what an agent wrote as its source', async () => {
    const [{ answer } = { answer: [] }] = await ask('optOut', 'optOut', {}, [{ contact: '+14155550804' }]);
    expect(answer).toEqual([expect.objectContaining({ outcome: 'added' })]);
    expect((await suite.entriesOf('+14155550804'))[0]).toMatchObject({ source: 'ai_agent' });
  });

  it('answers on its first output when the engine itself runs it for an agent', async () => {
    const run = await suite.run('contact', 'check', { contact: '+14155550802' }, [{}], { type: `${quietlistType}Tool` });
    expect(run.items('Quietlist', 0)[0]!.json).toMatchObject({ decision: 'allow', mayContact: true });
    expect(run.items('Quietlist', 1)).toEqual([]);
  });
});
