// Runs on old versions of Node as well, so that they print a sentence and no stack trace.
import { existsSync } from 'node:fs'
import * as modules from 'node:module'

/** Runs the command line `cli/<main>.ts` of the package `name`, or says that this Node is too old for it. */
export async function start(name, main) {
  // The repository runs its sources; the package ships them compiled: Node does not strip types below node_modules.
  const isRepository = existsSync(new URL(`../cli/${main}.ts`, import.meta.url))
  const { explainUnsupportedNode } = await import(`${isRepository ? '..' : '../dist'}/server/node-version.js`)
  const reason = explainUnsupportedNode(process.versions.node, process.execPath, name)
  if (reason) {
    process.stderr.write(`${reason}\n`)
    process.exit(2)
  }

  // Later starts and worker threads reuse the compiled code (in Node's own cache directory).
  const { directory } = modules.enableCompileCache()
  if (directory) process.env.NODE_COMPILE_CACHE ??= directory

  await import(isRepository ? `../cli/${main}.ts` : `../dist/cli/${main}.js`)
}
