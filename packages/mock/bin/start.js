// Written for old versions of Node as well: they are to read the sentence below, not a stack trace.
import { existsSync } from 'node:fs'
import * as modules from 'node:module'

const needed = [24, 18]

/** Runs the command line `cli/<main>.ts` of the package `name`, or says that this Node is too old for it. */
export async function start(name, main) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
    process.stderr.write(
      `${name} needs Node ${needed.join('.')} or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
        'Install a current Node, or put one beside this package: npm install node@24\n',
    )
    process.exit(2)
  }

  // The next start need not compile again what this one has, nor do its threads (the directory is Node's).
  const { directory } = modules.enableCompileCache()
  if (directory) process.env.NODE_COMPILE_CACHE ??= directory

  // The repository runs its sources; the package ships them compiled, since Node strips no types below node_modules.
  const source = new URL(`../cli/${main}.ts`, import.meta.url)
  await import((existsSync(source) ? source : new URL(`../dist/cli/${main}.js`, import.meta.url)).href)
}
