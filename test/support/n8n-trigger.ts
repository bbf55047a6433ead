import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type * as core from 'n8n-core';
import type {
  IDataObject, IHookFunctions, INode, INodeExecutionData, INodeType, IWebhookData, IWebhookFunctions, IWorkflowExecuteAdditionalData, Workflow, WorkflowActivateMode, WorkflowExecuteMode,
} from 'n8n-workflow';
import { QuietlistTrigger } from '../../nodes/QuietlistTrigger/QuietlistTrigger.node.ts';
import { additionalData, createWorkflow, type EngineOptions, type WorkflowJson } from './n8n-engine.ts';

const require = createRequire(import.meta.url);
const { HookContext, WebhookContext } = require('n8n-core') as typeof core;

export const triggerType = 'n8n-nodes-quietlist.quietlistTrigger';

export interface TriggerHost {
  /** Where n8n would listen for the active workflow. */
  url: string;
  /** What started the workflow so far, one array of items an execution. */
  executions: INodeExecutionData[][];
  /** Status codes that were answered to deliveries, in order. */
  answers: number[];
  /** Resolves once so many deliveries were answered. */
  answered(times: number): Promise<void>;
  /** Parameters of the trigger, as the user sets them between activations. */
  parameters: INode['parameters'];
  /** The data that n8n saved with the workflow. */
  saved: Record<string, unknown>;
  /** Switches the workflow on as n8n does, also when it starts anew. Says whether a webhook was created for it. */
  activate(): Promise<boolean>;
  deactivate(): Promise<void>;
  /** A test run of the editor: registers under the test address, on a copy of the data that is not saved; answers what takes it away. */
  listenForTest(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/**
 * What n8n does around a trigger node (packages/cli/src: active-workflow-manager.ts, webhooks/live-webhooks.ts, workflow-static-data.service.ts):
 * registers it when a workflow is activated, hands it the requests that come in with their raw bodies, and saves its static data as JSON
 * whenever something in it was set. Contexts, credentials, requests and static data are n8n-core's own.
 */
export const startTriggerHost = async (options: EngineOptions, parameters: INode['parameters'] = {}): Promise<TriggerHost> => {
  const node: INodeType = options.nodeTypes?.[triggerType] ?? new QuietlistTrigger();
  const server = createServer((request, response) => void deliver(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const host = { parameters, executions: [] as INodeExecutionData[][], answers: [] as number[], saved: {} as Record<string, unknown>, url: `${base}/webhook/trigger-uuid/webhook` };

  let wake = (): void => undefined;
  const open = (): { workflow: Workflow; trigger: INode; data: IWorkflowExecuteAdditionalData } => {
    const json: WorkflowJson = {
      id: 'wf-trigger', name: 'Tell the CRM', connections: {},
      nodes: [{ name: 'Quietlist Trigger', type: triggerType, webhookId: 'trigger-uuid', parameters: host.parameters }],
    };
    const workflow = createWorkflow(json, { ...options, nodeTypes: { [triggerType]: node } }, structuredClone(host.saved) as IDataObject);
    const data = Object.assign(additionalData(options, undefined), { webhookBaseUrl: `${base}/webhook`, webhookTestBaseUrl: `${base}/webhook-test` });
    return { workflow, trigger: workflow.getNode('Quietlist Trigger')!, data };
  };
  const save = ({ staticData }: Workflow): void => {
    if (staticData.__dataChanged === true) host.saved = JSON.parse(JSON.stringify(staticData)) as Record<string, unknown>;
  };
  const webhookData = (workflow: Workflow, trigger: INode, isTest: boolean): IWebhookData =>
    ({ httpMethod: 'POST', node: trigger.name, path: 'trigger-uuid/webhook', webhookDescription: node.description.webhooks![0]!, workflowId: workflow.id, isTest }) as unknown as IWebhookData;
  const hooks = (opened: ReturnType<typeof open>, mode: WorkflowExecuteMode, activation: WorkflowActivateMode) =>
    new HookContext(opened.workflow, opened.trigger, opened.data, mode, activation, webhookData(opened.workflow, opened.trigger, mode === 'manual')) as unknown as IHookFunctions;
  const { checkExists, create, delete: remove } = node.webhookMethods!.default!;

  const register = async (opened: ReturnType<typeof open>, mode: WorkflowExecuteMode, activation: WorkflowActivateMode): Promise<boolean> => {
    const context = hooks(opened, mode, activation);
    if (await checkExists.call(context)) return false;
    await create.call(context);
    return true;
  };

  const deliver = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const rawBody = Buffer.concat(chunks);
    const opened = open();
    const answer = Object.assign(response, {
      status: (code: number) => Object.assign(answer, { statusCode: code }),
      json: (body: unknown) => answer.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
    }) as ServerResponse & { status(code: number): unknown; json(body: unknown): unknown };
    let body: unknown;
    try {
      body = JSON.parse(rawBody.toString('utf8'));
    } catch {
      body = {};
    }
    Object.assign(opened.data, { httpRequest: Object.assign(request, { rawBody, body, params: {}, query: {} }), httpResponse: answer });
    const context = new WebhookContext(opened.workflow, opened.trigger, opened.data, 'webhook', webhookData(opened.workflow, opened.trigger, false), [], null as never);
    const result = await node.webhook!.call(context as unknown as IWebhookFunctions);
    save(opened.workflow);
    if (result.workflowData) host.executions.push(...result.workflowData);
    if (result.noWebhookResponse !== true) answer.json({ message: 'Workflow was started' });
    host.answers.push(response.statusCode);
    wake();
  };

  return Object.assign(host, {
    async answered(times: number) {
      while (host.answers.length < times) await new Promise<void>((resolve) => (wake = resolve));
    },
    async activate() {
      const opened = open();
      const wasCreated = await register(opened, 'trigger', 'activate');
      save(opened.workflow);
      return wasCreated;
    },
    async deactivate() {
      const opened = open();
      await remove.call(hooks(opened, 'internal', 'deactivate' as WorkflowActivateMode));
      save(opened.workflow);
    },
    async listenForTest() {
      const opened = open();
      await register(opened, 'manual', 'manual');
      return async () => {
        await remove.call(hooks(opened, 'manual', 'manual'));
      };
    },
    close: () => new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  });
};
