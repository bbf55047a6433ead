import './server/server.editor.ts';
import './check/check.editor.ts';
import './add-to-blacklist/add-to-blacklist.editor.ts';
import './remove-from-blacklist/remove-from-blacklist.editor.ts';
import './opt-out/opt-out.editor.ts';
import './remove-opt-out/remove-opt-out.editor.ts';
