import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { families, filesOf, folderOf } from '../server/report/text/families.ts'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** A file, or files by condition. */
export type ExportTarget = string | { [condition: string]: ExportTarget }

export interface Manifest {
  name: string
  description: string
  version: string
  license: string
  /** Set when a release is made. */
  repository?: object
  type: string
  engines: Record<string, string>
  exports: Record<string, ExportTarget>
  bin: Record<string, string>
  dependencies: Record<string, string>
}

/** A package to publish. Both are made from one compilation, each with the modules that it needs and no others. */
export interface PublishedPackage {
  /** Where its `package.json` stands, relative to the repository. */
  folder: string
  /** Compiled modules that no import and no export names: programs, threads, and what the sandbox loads by address. */
  programs: string[]
  /** Files of the repository that are packed as they are. */
  documents: string[]
  /** What differs from the repository's `package.json`; a package without it is described by that file itself. */
  manifest?: Pick<Manifest, 'name' | 'description' | 'bin' | 'exports'>
}

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
const exported = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, manifest.exports[name]!]))

/** Everything. Its documents are listed in `package.json`. */
export const wholePackage: PublishedPackage = {
  folder: '.',
  documents: [],
  programs: [
    'cli/main.js',
    'server/report/worker.js',
    'conformance/pdf/judge/page-text.js',
    'conformance/pdf/inspect.js',
    'conformance/engine/watched/suite-worker.js',
    'conformance/pdf/sandbox/child.js',
    'conformance/pdf/sandbox/limit-watch.js',
  ],
}

/** What a frontend team needs: mock, client and report, without the suite, the judge, the gate and the PDF reader. */
export const mockPackage: PublishedPackage = {
  folder: 'packages/mock',
  documents: ['server/README.md', 'fixtures/README.md'],
  programs: ['cli/mock-main.js', 'server/report/worker.js'],
  manifest: {
    name: 'altostrat-contract-mock',
    description:
      'The mock server of the Altostrat organization usage export, with its typed client: serves the PDF, plays error scenarios, records requests.',
    exports: exported('.', './client', './openapi.yaml', './package.json'),
    bin: { 'altostrat-contract-mock': 'bin/altostrat-contract-mock.js' },
  },
}

/** Modules into which the package that they re-export is compiled, so that nobody has to install it. */
export const bundledModules = [
  'spec/prism',
  'server/tls/selfsigned',
  'server/persistence/redis/redis-client',
  'gate/parts/contract/redocly',
  'spec/compatibility/pattern-language',
]

/** Compiled into one CommonJS file each, for test runners and bundlers that take no ES modules. */
export const commonJsModules = [
  { from: 'spec/client', to: 'spec/client' },
  { from: 'server/mock/commonjs-entry', to: 'server/mock/package-entry' },
]

/** Named by compiled modules, but no dependency: brought by the package that draws with it. */
export const broughtOtherwise = ['@napi-rs/canvas']

/** Files of other packages that are read at run time, shipped where the code looks for them first. */
export const copiedFiles: { from: string; to: string; files: string[] }[] = [
  {
    from: join(root, 'node_modules/swagger-ui-dist'),
    to: 'server/mock/console/page/viewer',
    files: [
      'swagger-ui-bundle.js',
      'swagger-ui.css',
      'LICENSE',
      'NOTICE',
      'swagger-ui-bundle.js.LICENSE.txt',
    ],
  },
  {
    from: join(root, 'node_modules/pdfjs-dist/legacy/build'),
    to: 'server/mock/console/page/pdfjs',
    files: ['pdf.min.mjs', 'pdf.worker.min.mjs'],
  },
  {
    from: join(root, 'node_modules/pdfjs-dist'),
    to: 'server/mock/console/page/pdfjs',
    files: ['LICENSE'],
  },
  ...families.map((family) => ({
    from: folderOf(family),
    to: `server/report/text/fonts/${family}`,
    files: ['LICENSE', 'unicode.json', ...filesOf(family).map(({ id }) => `files/${id}-wght-normal.woff2`)],
  })),
]
