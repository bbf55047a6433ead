import { createRequire } from 'node:module';
import type * as core from 'n8n-core';
import {
  ICredentialsHelper, NodeHelpers,
  type ICredentialDataDecryptedObject, type ICredentials, type ICredentialType, type IHttpRequestOptions, type INode, type INodeCredentialsDetails, type INodeParameters,
  type INodeProperties, type IRequestOptionsSimplified, type IWorkflowExecuteAdditionalData, type Workflow,
} from 'n8n-workflow';

const { Credentials } = createRequire(import.meta.url)('n8n-core') as typeof core;

/**
 * n8n's credentials helper without its database: data by credential type, defaults filled in, and `authenticate` resolved by n8n's own
 * expressions exactly as n8n's helper does it.
 */
export class CredentialsHelper extends ICredentialsHelper {
  readonly #types: ICredentialType[];
  readonly #data: Record<string, ICredentialDataDecryptedObject>;

  constructor(types: ICredentialType[], data: Record<string, ICredentialDataDecryptedObject>) {
    super();
    this.#types = types;
    this.#data = data;
  }

  #type(name: string): ICredentialType {
    const type = this.#types.find((candidate) => candidate.name === name);
    if (!type) throw new Error(`The harness has no credential type ${name}`);
    return type;
  }

  override getParentTypes(name: string): string[] {
    return this.#type(name).extends ?? [];
  }

  override isCredentialUsableByNode(): boolean {
    return true;
  }

  override getCredentialsProperties(name: string): INodeProperties[] {
    return this.#type(name).properties;
  }

  override async authenticate(
    credentials: ICredentialDataDecryptedObject, name: string, request: IHttpRequestOptions | IRequestOptionsSimplified, workflow?: Workflow, node?: INode,
  ): Promise<IHttpRequestOptions> {
    const { authenticate } = this.#type(name);
    const options = request as IHttpRequestOptions;
    if (typeof authenticate === 'function') return authenticate(credentials, options);
    for (const [property, fields] of Object.entries(authenticate?.properties ?? {})) {
      const target: 'headers' | 'qs' = property === 'qs' ? 'qs' : 'headers';
      for (const [field, value] of Object.entries(fields as Record<string, string>)) {
        const resolved = workflow!.expression.getSimpleParameterValue(node!, value, 'internal', { $credentials: credentials }, undefined, '');
        options[target] = { ...(options[target] as object | undefined), [field]: resolved as string };
      }
    }
    return options;
  }

  override async preAuthentication(): Promise<undefined> {
    return undefined;
  }

  override async runPreAuthentication(): Promise<undefined> {
    return undefined;
  }

  override async getCredentials(details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
    return new Credentials({ id: details.id, name: details.name }, type, '');
  }

  override async getDecrypted(_data: IWorkflowExecuteAdditionalData, _details: INodeCredentialsDetails, type: string): Promise<ICredentialDataDecryptedObject> {
    const data = this.#data[type];
    if (!data) throw new Error(`Credential with type "${type}" could not be found.`);
    const withDefaults = NodeHelpers.getNodeParameters(this.getCredentialsProperties(type), data as INodeParameters, true, false, null, null);
    return withDefaults as ICredentialDataDecryptedObject;
  }

  override async updateCredentials(): Promise<void> {
    throw new Error('The harness keeps no credentials');
  }

  override async updateCredentialsOauthTokenData(): Promise<void> {
    throw new Error('The harness keeps no credentials');
  }
}
