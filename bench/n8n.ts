/**
 * 10,000 items through the n8n node, in n8n's own engine, beside what one would build without it in the same engine and run:
 * one HTTP Request node (a call an item, all at once, as n8n sends them) and one Postgres node (a SELECT an item, one after another).
 * `node bench/n8n.ts [items] [rounds]` (default 10,000 and 5). n8n's packages load only as CommonJS: `support/run-as-commonjs.ts`.
 */
import { runAsCommonJs } from './support/run-as-commonjs.ts';

await runAsCommonJs(new URL('./n8n/compare.ts', import.meta.url));
