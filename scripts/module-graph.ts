import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { bundledModules } from './packages.ts'

export interface ModuleGraph {
  /** Compiled modules and declarations, relative to the compiled folder. */
  files: Set<string>
  /** Names of the packages that the modules (not the declarations) load. */
  packages: Set<string>
}

/** `import.meta.resolve('pdf-parse')`, `require.resolve('pdfkit')`: loaded, though not by an import line. */
const resolved = /\.resolve\(\s*'([^'.][^']*)'\s*\)/g

/** ``import(`./formats/${name}`)``: every module of the folder, as bundlers understand it. */
const ofFolder = /\bimport\([^'"`)]*`(\.{1,2}\/[^`$]*\/)\$\{/g

/**
 * Everything that the entries import, directly or through others, dynamic imports included; without what only the
 * modules of `without` import. Works on compiled modules and on sources.
 */
export function followImports(folder: string, entries: string[], without: string[] = []): ModuleGraph {
  const files = new Set<string>(without)
  const packages = new Set<string>()
  const follow = (file: string): void => {
    if (files.has(file)) return
    files.add(file)
    if (isBundle(file)) return
    const isDeclaration = /\.d\.c?ts$/.test(file)
    const source = readFileSync(join(folder, file), 'utf8')
    const text = /(?<!\.d)\.ts$/.test(file) ? stripTypeScriptTypes(source) : source
    const names = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
    if (!isDeclaration) {
      names.push(...[...text.matchAll(resolved)].map(([, name]) => name!))
      for (const [, path] of text.matchAll(ofFolder))
        names.push(...modulesIn(join(folder, dirname(file), path!)).map((name) => path + name))
    }
    for (const name of names) {
      if (name.startsWith('.')) follow(locate(join(dirname(file), name), isDeclaration))
      else if (!isDeclaration && !name.startsWith('node:')) packages.add(packageOf(name))
    }
  }
  /** Declarations name the source (`./error.ts`) of the declaration that they mean. */
  const locate = (file: string, isDeclaration: boolean): string => {
    if (!isDeclaration) return file
    const declaration = file.replace(/(\.d)?\.[jt]s$/, '.d.ts')
    return existsSync(join(folder, declaration)) ? declaration : file
  }
  for (const entry of entries) follow(entry)
  return { files, packages }
}

const modulesIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.js'))

/** What is compiled into one file imports nothing but Node's own modules. */
const isBundle = (file: string) => file.endsWith('.cjs') || bundledModules.includes(file.replace(/\.js$/, ''))

/** `ajv` of `ajv/dist/2020.js`, `@types/node` of `@types/node/fs.d.ts`. */
function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}
