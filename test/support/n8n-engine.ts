import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import type * as di from '@n8n/di';
import type * as core from 'n8n-core';
import {
  createRunExecutionData, NodeConnectionTypes, Workflow,
  type IConnections, type ICredentialDataDecryptedObject, type ICredentialType, type IDataObject, type ILoadOptionsFunctions, type INode, type INodeExecutionData, type INodeParameters, type INodePropertyOptions,
  type INodeType, type IRun, type IWorkflowExecuteAdditionalData, type NodeExecutionHint, type WorkflowExecuteMode,
} from 'n8n-workflow';
import { QuietlistApi } from '../../credentials/QuietlistApi.credentials.ts';
import { Quietlist } from '../../nodes/Quietlist/Quietlist.node.ts';
import { coreNodes } from './n8n-core-nodes.ts';
import { CredentialsHelper } from './n8n-credentials.ts';

/**
 * Runs workflows in n8n's own engine (n8n-core's `WorkflowExecute`), in this process, with real HTTP. What n8n itself would add (database,
 * editor, queue) is not there; engine, expressions, paired items, error modes, credentials and requests are n8n's own.
 *
 *   const run = await runWorkflow(workflowJson, { credentials: { quietlistApi: { baseUrl, apiKey } } });
 *   run.items('Check Suppression', 1)   // what left its second output
 *   run.error                           // why the workflow stopped, if it did
 *
 * `workflowJson` is an exported workflow: `nodes` and `connections` (plus `settings`, `name`, `id`). It starts at its Manual Trigger, or at
 * `start`, with `input`. Node types: `n8n-nodes-quietlist.quietlist` from source (the packed one goes in `nodeTypes`), its AI tool
 * `quietlistTool`, and the stand-ins of n8n-core-nodes.ts for n8n's Manual Trigger, No Operation, Edit Fields, Code and HTTP Request,
 * which do what n8n's do as far as those comments say; use nothing else in an example. Credentials of a node are found by their type.
 */
const require = createRequire(import.meta.url);
const { ErrorReporter, ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } = require('n8n-core') as typeof core;

// n8n would report failures of nodes to its own log; the runs here tell them to the test.
(require('@n8n/di') as typeof di).Container.set(ErrorReporter, { error: () => undefined } as unknown as core.ErrorReporter);

export interface WorkflowJson {
  id?: string;
  name?: string;
  nodes: Array<Partial<INode> & Pick<INode, 'name' | 'type'>>;
  connections: IConnections;
  settings?: Record<string, unknown>;
}

export interface EngineOptions {
  /** Decrypted credentials by type, e.g. `{ quietlistApi: { baseUrl, apiKey } }`. */
  credentials?: Record<string, ICredentialDataDecryptedObject>;
  /** More node types, or others in the place of those here, by their full name. */
  nodeTypes?: Record<string, INodeType>;
  credentialTypes?: ICredentialType[];
}

export interface RunOptions extends EngineOptions {
  /** Name of the node to begin with; default: the first trigger, else the first node. */
  start?: string;
  /** What the first node gets. */
  input?: INodeExecutionData[];
  /** Default: a new one. `null`: a run without an execution. */
  executionId?: string | null;
  mode?: WorkflowExecuteMode;
}

export interface WorkflowRun {
  /** What left that output of the node, over all its runs. */
  items(node: string, output?: number): INodeExecutionData[];
  /** Whether the node was run at all. */
  ran(node: string): boolean;
  hints(node: string): NodeExecutionHint[];
  status: IRun['status'];
  /** Why the workflow stopped: message, description, context. */
  error: (Error & { description?: string | null; context?: { itemIndex?: number }; httpCode?: string | null }) | undefined;
  raw: IRun;
}

export const quietlistType = 'n8n-nodes-quietlist.quietlist';

/** What n8n makes of a node that is `usableAsTool`: the same class under another name, with an AI output. */
const asTool = (node: INodeType): INodeType =>
  Object.assign(Object.create(Object.getPrototypeOf(node) as object) as INodeType, node, {
    description: { ...node.description, name: `${node.description.name}Tool`, inputs: [], outputs: [NodeConnectionTypes.AiTool] },
  });

class NodeTypes {
  readonly #types: Record<string, INodeType>;

  constructor(more: Record<string, INodeType>) {
    const quietlist = more[quietlistType] ?? new Quietlist();
    this.#types = { ...coreNodes, [quietlistType]: quietlist, [`${quietlistType}Tool`]: asTool(quietlist), ...more };
  }

  getByName(name: string): INodeType {
    return this.getByNameAndVersion(name);
  }

  getByNameAndVersion(name: string): INodeType {
    const type = this.#types[name];
    if (!type) throw new Error(`The harness has no node type ${name}; it has ${Object.keys(this.#types).join(', ')}`);
    return type;
  }

  getKnownTypes(): Record<string, never> {
    return {};
  }
}

const nowhere = 'http://n8n.invalid/';

/** What n8n hands to every context of a node. */
export const additionalData = (options: EngineOptions, executionId: string | undefined): IWorkflowExecuteAdditionalData =>
  ({
    credentialsHelper: new CredentialsHelper(options.credentialTypes ?? [new QuietlistApi()], options.credentials ?? {}),
    ...(executionId === undefined ? {} : { executionId }),
    currentNodeExecutionIndex: 0,
    restApiUrl: nowhere, instanceBaseUrl: nowhere, formBaseUrl: nowhere, formWaitingBaseUrl: nowhere, formTestBaseUrl: nowhere,
    webhookBaseUrl: nowhere, webhookWaitingBaseUrl: nowhere, webhookTestBaseUrl: nowhere, mcpBaseUrl: nowhere, mcpTestBaseUrl: nowhere,
    variables: {},
    externalSecretsProxy: { hasProvider: () => false, listProviders: () => [], hasSecret: () => false, listSecrets: () => [] },
    logAiEvent: () => undefined,
  }) as unknown as IWorkflowExecuteAdditionalData;

/** A workflow as n8n opens it, with the data that it saved with it. */
export const createWorkflow = (json: WorkflowJson, options: EngineOptions, staticData?: IDataObject): Workflow => {
  const nodes = json.nodes.map((node): INode => ({
    id: randomUUID(),
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
    ...structuredClone(node),
    credentials: { ...Object.fromEntries(Object.keys(options.credentials ?? {}).map((type) => [type, { id: type, name: type }])), ...node.credentials },
  }));
  return new Workflow({
    id: json.id ?? 'wf-test',
    name: json.name ?? 'Test',
    nodes,
    connections: json.connections,
    active: false,
    nodeTypes: new NodeTypes(options.nodeTypes ?? {}),
    settings: { executionOrder: 'v1', timezone: 'UTC', ...json.settings },
    ...(staticData ? { staticData } : {}),
  });
};

/** Runs a whole workflow to its end. */
export const runWorkflow = async (json: WorkflowJson, options: RunOptions = {}): Promise<WorkflowRun> => {
  const workflow = createWorkflow(json, options);
  const start = workflow.getNode(options.start ?? '') ?? workflow.getTriggerNodes()[0] ?? Object.values(workflow.nodes)[0]!;
  const executionId = options.executionId === undefined ? randomUUID() : (options.executionId ?? undefined);
  const mode = options.mode ?? 'manual';
  const data = additionalData(options, executionId);
  const hooks = new ExecutionLifecycleHooks(mode, executionId ?? '', { ...json, active: false } as never);
  data.hooks = hooks;
  const ended = new Promise<IRun>((resolve) => hooks.addHandler('workflowExecuteAfter', (run) => void resolve(run)));
  const runExecutionData = createRunExecutionData({
    executionData: { nodeExecutionStack: [{ node: start, data: { main: [options.input ?? [{ json: {} }]] }, source: null }] },
  });
  await new WorkflowExecute(data, mode, runExecutionData).processRunExecutionData(workflow);
  const raw = await ended;
  const { runData, error } = raw.data.resultData;
  return {
    items: (node, output = 0) => (runData[node] ?? []).flatMap((task) => task.data?.main?.[output] ?? []),
    ran: (node) => node in runData,
    hints: (node) => (runData[node] ?? []).flatMap((task) => task.hints ?? []),
    status: raw.status,
    error: error as WorkflowRun['error'],
    raw,
  };
};

/** The node under test between a trigger that hands on `input` and one No Operation node on each of its outputs. */
export const aroundNode = (node: Partial<INode>, outputs = 3): WorkflowJson => ({
  nodes: [
    { name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
    { name: 'Quietlist', type: quietlistType, id: 'node-under-test', ...node },
    ...Array.from({ length: outputs }, (_, output) => ({ name: `Output ${output}`, type: 'n8n-nodes-base.noOp' })),
  ],
  connections: {
    Start: { main: [[{ node: 'Quietlist', type: NodeConnectionTypes.Main, index: 0 }]] },
    Quietlist: { main: Array.from({ length: outputs }, (_, output) => [{ node: `Output ${output}`, type: NodeConnectionTypes.Main, index: 0 }]) },
  },
});

/** Runs one node and tells what arrived behind each of its outputs. */
export const runNode = async (node: Partial<INode>, input: Array<Record<string, unknown>>, options: RunOptions = {}): Promise<WorkflowRun & { output(index: number): INodeExecutionData[] }> => {
  const run = await runWorkflow(aroundNode(node), { ...options, input: input.map((json) => ({ json }) as INodeExecutionData) });
  return { ...run, output: (index) => run.items(`Output ${index}`) };
};

/** The choices of a dropdown as the editor loads them. */
export const loadDropdown = (method: string, options: EngineOptions, parameters: INodeParameters = {}): Promise<INodePropertyOptions[]> => {
  const workflow = createWorkflow(aroundNode({ parameters }), options);
  const node = workflow.getNode('Quietlist')!;
  const data = additionalData(options, undefined);
  data.currentNodeParameters = node.parameters;
  const nodeType = workflow.nodeTypes.getByNameAndVersion(node.type);
  return nodeType.methods!.loadOptions![method]!.call(new LoadOptionsContext(workflow, node, data, method) as unknown as ILoadOptionsFunctions);
};
