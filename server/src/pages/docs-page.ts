import { addressProblems } from '@quietlist/contract/address-problems';
import type { openApi } from '@quietlist/contract/openapi';
import { problems } from '@quietlist/contract/problems';
import { escapeHtml as escape } from './html.ts';

type Description = ReturnType<typeof openApi>;

interface Operation {
  tags: string[];
  summary: string;
  description: string;
  parameters: Array<{ name: string; in: string; required: boolean; schema: { description?: string }; description?: string }>;
  requestBody?: { content: { 'application/json': { schema: unknown } } };
  responses: Record<string, { description: string; content: Record<string, { schema: unknown }> }>;
}

const marked = (text: string): string => escape(text).replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>').replace(/`(.+?)`/g, '<code>$1</code>');

const schemaBlock = (title: string, schema: unknown): string =>
  `<details><summary>${title}</summary><pre><code>${escape(JSON.stringify(schema, null, 2))}</code></pre></details>`;

function parametersTable({ parameters }: Operation): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(
    ({ name, in: where, required, schema, description }) =>
      `<tr><td><code>${escape(name)}</code></td><td>${where}${required ? ', required' : ''}</td><td>${marked(description ?? schema.description ?? '')}</td></tr>`,
  );
  return `<table><thead><tr><th>Parameter</th><th>Where</th><th>What</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function operationSection(method: string, path: string, operation: Operation): string {
  const answers = Object.entries(operation.responses);
  const [, success] = answers[0] ?? [];
  const failures = answers.slice(1).map(([status, { description }]) => `<li><strong>${status}</strong> ${marked(description)}</li>`);
  return `<article id="${method}${escape(path)}"><h3><span class="method">${method.toUpperCase()}</span> <code>${escape(path)}</code></h3>
<p>${marked(operation.summary)}${/[.?]$/.test(operation.summary) ? '' : '.'} ${marked(operation.description)}</p>${parametersTable(operation)}
${operation.requestBody ? schemaBlock('Body', operation.requestBody.content['application/json'].schema) : ''}
${success ? schemaBlock('Answer', Object.values(success.content)[0]?.schema) : ''}
<details><summary>Problems</summary><ul>${failures.join('')}</ul></details></article>`;
}

const codeTable = (caption: string, rows: string): string => `<table><caption>${caption}</caption><tbody>${rows}</tbody></table>`;

/** The API for people: one page without script, made from the same description as `/openapi.json`. */
export function docsPage(description: Description): string {
  const sections = description.tags.map(({ name }) => {
    const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, Operation>)
        .filter(([, operation]) => operation.tags.includes(name))
        .map(([method, operation]) => operationSection(method, path, operation)),
    );
    return `<section aria-labelledby="tag-${name}"><h2 id="tag-${name}">${name}</h2>${operations.join('')}</section>`;
  });
  const problemRows = Object.entries(problems).map(
    ([code, { status, title, hint }]) => `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escape(title)}. ${escape(hint)}</td></tr>`,
  );
  const addressRows = Object.entries(addressProblems).map(([code, sentence]) => `<tr><td><code>${code}</code></td><td>${escape(sentence)}</td></tr>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Quietlist API</title><link rel="stylesheet" href="/docs.css"></head><body><header><h1>Quietlist API</h1>
<p>${escape(description.info.description)}</p><p>Send <code>Authorization: Bearer &lt;API key&gt;</code>. The same as data: <a href="/openapi.json">openapi.json</a>. Version ${escape(description.info.version)}.</p>
<nav aria-label="Parts">${description.tags.map(({ name }) => `<a href="#tag-${name}">${name}</a>`).join(' ')} <a href="#codes">Codes</a></nav></header>
<main>${sections.join('')}<section aria-labelledby="codes"><h2 id="codes">Codes</h2>${codeTable('Problems', problemRows.join(''))}${codeTable('Addresses that cannot be read', addressRows.join(''))}</section></main></body></html>`;
}

export const docsStyle = `:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent);--accent:light-dark(#1b5e8c,#8cc8f2)}
*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{margin:0}h2{margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line)}h3{margin:1.5rem 0 .25rem;font-size:1rem;overflow-wrap:anywhere}
a{color:var(--accent)}nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}.method{color:var(--accent);font-weight:700}
code,pre{font:14px/1.45 ui-monospace,monospace}pre{overflow:auto;padding:.75rem;border:1px solid var(--line);border-radius:.5rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0}caption{text-align:left;font-weight:600;padding:.5rem 0}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line)}td:last-child,td code{overflow-wrap:break-word}
summary{cursor:pointer;padding:.25rem 0}article{margin-bottom:1rem}`;
