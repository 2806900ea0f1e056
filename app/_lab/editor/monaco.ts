import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/ini/register';
import 'monaco-editor/languages/definitions/shell/register';
import 'monaco-editor/languages/definitions/yaml/register';

globalThis.MonacoEnvironment = {
  getWorker: () =>
    new Worker(new URL('./editor.worker.ts', import.meta.url), { type: 'module', name: 'editor' }),
};

/** The language of a file, by its name or its first line. */
export function languageOf(path: string, text: string): string {
  if (/\.ya?ml$/.test(path)) return 'yaml';
  if (/\.(conf|ini|cfg)$/.test(path)) return 'ini';
  if (/\.(sh|bash)$/.test(path) || /^#!.*sh\b/.test(text)) return 'shell';
  return path.includes('/bin/') ? 'shell' : 'plaintext';
}

export { monaco };
