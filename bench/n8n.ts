/**
 * 1,000 and 10,000 items through the n8n node, in n8n's own engine, beside what one would build without it in the same engine and run:
 * one HTTP Request node (a call an item, all at once, as n8n sends them) and one Postgres node (a SELECT an item, one after another); and a
 * node that does nothing, which is what n8n itself takes.
 * `node bench/n8n.ts [items,items] [rounds]` (default 1000,10000 and 5). A look-up in a Data Table is not among them: its code is in n8n's
 * server, which cannot run without its database and user management. n8n's packages load only as CommonJS: `support/run-as-commonjs.ts`.
 */
import { runAsCommonJs } from './support/run-as-commonjs.ts';

await runAsCommonJs(new URL('./n8n/compare.ts', import.meta.url));
