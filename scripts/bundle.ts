import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/** Compiles a module with everything that it imports into one file, and puts the licences of all that beside it. */
export async function bundle(source: string, target: string, format: 'esm' | 'cjs' = 'esm'): Promise<void> {
  const { metafile } = await build({
    entryPoints: [source],
    outfile: target,
    bundle: true,
    minify: true,
    // CommonJS is for browsers too.
    platform: format === 'esm' ? 'node' : 'neutral',
    external: ['node:*'],
    format,
    target: format === 'esm' ? 'node24' : 'es2022',
    // What its UMD file requires inside the wrapper would be left out: it has ES modules as well.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    // The CommonJS modules among them require Node's own.
    banner:
      format === 'cjs'
        ? {}
        : {
            js: "import { createRequire as createRequireOf } from 'node:module'; const require = createRequireOf(import.meta.url);",
          },
    metafile: true,
    logLevel: 'warning',
  })
  const folders = Object.keys(metafile.inputs).map(
    (file) => /.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0],
  )
  const licences = [...new Set(folders)].filter((folder) => folder !== undefined).map(readLicence)
  writeFileSync(target.replace(/\.c?js$/, '.LICENSES.txt'), licences.sort().join('\n\n'))
}

const permissive = /\b(MIT|ISC|BSD|0BSD|Apache|Python-2\.0|Unlicense|CC0|BlueOak)/

function readLicence(folder: string): string {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const named = license?.type ?? license ?? licenses?.[0]?.type
  if (!permissive.test(named)) throw new Error(`${name} ${version}: licence ${named} must not be compiled in`)
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file))
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim())
  return [`${name} ${version}: ${named}`, ...texts].join('\n\n')
}
