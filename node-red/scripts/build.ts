/**
 * Builds the pack into dist/: quietlist.js (runtime, CommonJS, axios left outside), quietlist.html (dialogs and the editor
 * script, inline), icons and locales beside them, where Node-RED looks for both.
 * Nothing is minified: the Flow Library reads the node types out of the inline script, and people read the rest.
 */
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

const common = { absWorkingDir: root, bundle: true, charset: 'utf8', legalComments: 'none', logLevel: 'warning' } as const satisfies BuildOptions;

const buildRuntime = () =>
  build({
    ...common,
    entryPoints: ['src/quietlist.ts'],
    outfile: 'dist/quietlist.js',
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['axios'],
  });

/** The row of a typed input: its field, and the hidden one for the kind of value. */
const typedRow = (name: string, icon: string, placeholder?: string): string => `<div class="form-row">
      <label for="node-input-${name}"><i class="fa fa-${icon}"></i> <span data-i18n="field.${name}"></span></label>
      <input type="text" id="node-input-${name}" style="width: calc(100% - 136px)"${placeholder ? ` placeholder="${placeholder}"` : ''}>
      <input type="hidden" id="node-input-${name}Type">
    </div>`;

/** A dialog with the rows that dialogs share: `<!-- rows/first -->` is src/rows/first.html, `<!-- typed contact user -->` the row of a typed input with its icon and, after it, an example. */
const dialogOf = (file: string): string =>
  readFileSync(join(root, file), 'utf8')
    .trim()
    .replace(/<!-- (rows\/[a-z-]+) -->/g, (_comment, row: string) => readFileSync(join(root, 'src', `${row}.html`), 'utf8').trim())
    .replace(/<!-- typed ([A-Za-z]+) ([a-z-]+)(?: ([\w.@-]+))? -->/g, (_comment, name: string, icon: string, placeholder?: string) => typedRow(name, icon, placeholder));

const buildEditor = async (): Promise<void> => {
  const { outputFiles } = await build({
    ...common,
    entryPoints: ['src/quietlist.editor.ts'],
    write: false,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
  });
  const script = outputFiles[0]?.text.replaceAll('</script', '<\\/script') ?? '';
  const style = readFileSync(join(root, 'src/editor/dialog.css'), 'utf8');
  const dialogs = globSync('src/*/*.html', { cwd: root, exclude: ['src/rows/**'] }).sort().map(dialogOf);
  writeFileSync(join(dist, 'quietlist.html'), [`<style>\n${style}</style>`, ...dialogs, `<script type="text/javascript">\n${script}</script>`, ''].join('\n\n'));
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
await Promise.all([buildRuntime(), buildEditor()]);
for (const folder of ['icons', 'locales']) cpSync(join(root, folder), join(dist, folder), { recursive: true });
