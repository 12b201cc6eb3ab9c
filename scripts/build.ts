import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { instancePath, makeInstance, plainFile, weights } from '../server/report/text/font-instance.ts'
import { prepareContract, preparedFileOf } from '../spec/our-contract.ts'
import { bundle } from './bundle.ts'
import { followImports } from './module-graph.ts'
import {
  broughtOtherwise,
  bundledModules,
  commonJsModules,
  copiedFiles,
  type ExportTarget,
  manifest,
  mockPackage,
  type PublishedPackage,
  root,
  wholePackage,
} from './packages.ts'

/** Makes the packages: Node strips no types below node_modules, so they are compiled. */
const compiled = mkdtempSync(join(tmpdir(), 'build-'))
/** Compiled or copied files that no module imports. */
const assets: string[] = []

try {
  compile()
  await bundleModules()
  copyAssets()
  await prepareAssets()
  checkDependencies(assemble(wholePackage))
  describe(mockPackage, assemble(mockPackage))
} finally {
  rmSync(compiled, { recursive: true, force: true })
}

function compile(): void {
  const tsc = join(root, 'node_modules/@typescript/native/bin/tsc')
  const options = ['-p', join(root, 'tsconfig.build.json'), '--outDir', compiled]
  execFileSync(tsc, options, { stdio: 'inherit' })
}

async function bundleModules(): Promise<void> {
  for (const module of bundledModules) {
    await bundle(join(root, `${module}.ts`), join(compiled, `${module}.js`))
    assets.push(`${module}.LICENSES.txt`)
  }
  for (const { from, to } of commonJsModules)
    await bundle(join(root, `${from}.ts`), join(compiled, `${to}.cjs`), 'cjs')
  assets.push('spec/client.LICENSES.txt')
}

/** What the code reads at run time, found beside it through `import.meta.url`. */
function copyAssets(): void {
  const copy = (from: string, to: string) => {
    cpSync(from, join(compiled, to))
    if (!/\.d\.c?ts$|\.cjs$/.test(to)) assets.push(to)
  }
  for (const file of globSync('{spec,fixtures,server,conformance,gate}/**/*', { cwd: root }))
    if (isAsset(file)) copy(join(root, file), file)
  for (const { from, to, files } of copiedFiles)
    for (const file of files) copy(join(from, file), join(to, file))
}

/** What the code would make at each start of a process if the package did not have it. */
async function prepareAssets(): Promise<void> {
  const write = (to: string, content: string | Buffer) => {
    writeFileSync(join(compiled, to), content)
    assets.push(to)
  }
  write(relative(root, preparedFileOf()), JSON.stringify(await prepareContract()))
  for (const weight of weights) {
    const file = basename(instancePath(plainFile, weight))
    write(`server/report/text/fonts/noto-sans/files/${file}`, await makeInstance(plainFile, weight))
  }
}

function isAsset(file: string): boolean {
  const isData = /\.(json|yaml|html|css|js|svg|d\.c?ts)$|^spec\/report\.md$/.test(file)
  return isData && !/\.test\.|\/(pairs|pinned|pictures|snapshots)\//.test(file)
}

/** Fills the package's `dist` with the modules that it needs and the assets of their parts. Returns its dependencies. */
function assemble({ folder, programs, manifest: { exports } = manifest }: PublishedPackage): string[] {
  const exported = filesOf(exports).flatMap((file) =>
    /\.[cm]?[jt]s$/.test(file) ? [relative('dist', file)] : [],
  )
  const { files, packages } = followImports(compiled, [...programs, ...exported])
  const parts = new Set([...files].map(partOf))
  const dist = join(root, folder, 'dist')
  rmSync(dist, { recursive: true, force: true })
  for (const file of [...files, ...assets.filter((asset) => parts.has(partOf(asset)))])
    cpSync(join(compiled, file), join(dist, file))
  return [...packages].filter((name) => !broughtOtherwise.includes(name)).sort()
}

/** Every file that is named, whatever the conditions. */
function filesOf(target: ExportTarget): string[] {
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(filesOf)
}

function partOf(file: string): string {
  return file.split('/')[0]!
}

/** The repository's `package.json` is written by hand: it lists what the modules load, and nothing else. */
function checkDependencies(needed: string[]): void {
  const listed = Object.keys(manifest.dependencies)
  const missing = needed.filter((name) => !listed.includes(name))
  const unused = listed.filter((name) => !needed.includes(name))
  if (missing.length + unused.length > 0)
    throw new Error(
      `package.json: dependencies lack [${missing}], and nothing that is shipped loads [${unused}]`,
    )
}

/** Everything beside `dist`: `package.json` with these dependencies in the repository's versions, programs, licence. */
function describe({ folder, documents, manifest: own }: PublishedPackage, dependencies: string[]): void {
  const { version, license, repository, type, engines } = manifest
  const described = {
    ...own,
    version,
    license,
    repository,
    type,
    engines,
    files: ['bin', 'dist', ...documents],
    dependencies: Object.fromEntries(dependencies.map((name) => [name, manifest.dependencies[name]])),
  }
  writeFileSync(join(root, folder, 'package.json'), `${JSON.stringify(described, null, 2)}\n`)
  for (const file of ['LICENSE', 'bin/start.js', ...documents, ...Object.values(own?.bin ?? {})])
    cpSync(join(root, file), join(root, folder, file))
}
