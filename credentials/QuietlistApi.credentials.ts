import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

/** Where the Quietlist service is, and the key that says who asks and what that key may do. */
export class QuietlistApi implements ICredentialType {
  name = 'quietlistApi';

  displayName = 'Quietlist API';

  icon: Icon = { light: 'file:../icons/quietlist.svg', dark: 'file:../icons/quietlist.dark.svg' };

  documentationUrl = 'https://github.com/quietlist/quietlist/blob/main/docs/reference/n8n-node.md#credential';

  properties: INodeProperties[] = [
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      default: 'http://localhost:8181',
      required: true,
      placeholder: 'e.g. https://quietlist.example.com',
      description: 'Address of your Quietlist service, without a path behind it',
    },
    {
      displayName: 'API Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      placeholder: 'e.g. ql_live_…',
      description: 'Checking and opting out need a key of role agent; blocking and unblocking one of role manager; lists and Quietlist Trigger one of role admin',
    },
    {
      displayName: 'Allow Insecure HTTP',
      name: 'allowInsecureHttp',
      type: 'boolean',
      default: false,
      description: 'Whether the base URL may be plain http to another machine, where the API key can be read on the way. Not needed for localhost and private IP addresses.',
    },
  ];

  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
  };

  test: ICredentialTestRequest = { request: { baseURL: '={{$credentials.baseUrl}}', url: '/v1/me' } };
}
