import { sentenceOf } from '../editor/pick.ts';
import { text } from '../editor/text.ts';
import { url } from '../editor/validators.ts';

interface Server {
  name: string;
  url: string;
  allowInsecureHttp: boolean;
}

RED.nodes.registerType<Server>('quietlist-server', {
  category: 'config',
  defaults: {
    name: { value: '' },
    url: { value: '', required: true, validate: url },
    allowInsecureHttp: { value: false },
  },
  credentials: { apiKey: { type: 'password' } },
  label() {
    return this.name || this.url || text('server.label');
  },
  oneditprepare() {
    const result = $('#quietlist-test-result');
    const button = $('#quietlist-test-connection');
    button.on('click', (event) => {
      event.preventDefault();
      button.prop('disabled', true);
      result.removeClass('quietlist-ok quietlist-failed').text(text('server.testing'));
      const connection = {
        id: this.id,
        url: $('#node-config-input-url').val(),
        apiKey: $('#node-config-input-apiKey').val(),
        allowInsecureHttp: $('#node-config-input-allowInsecureHttp').prop('checked') === true,
      };
      $.ajax({ method: 'POST', url: 'quietlist/test-connection', contentType: 'application/json', data: JSON.stringify(connection) })
        .done(({ workspaceName, role, rights }: { workspaceName: string; role: string; rights: string }) =>
          result.addClass('quietlist-ok').text(text('server.connected', { workspace: workspaceName, role, rights })),
        )
        .fail((answer: JQuery.jqXHR) => result.addClass('quietlist-failed').text(sentenceOf(answer)))
        .always(() => button.prop('disabled', false));
    });
  },
});
