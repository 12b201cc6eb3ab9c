import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Compiles the package into `dist/`: Node strips no types below node_modules. */
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
const parts = ['cli', 'spec', 'fixtures', 'server', 'conformance', 'gate']

/** What the code reads at run time, found beside it through `import.meta.url`. */
const isAsset = (file: string) =>
  /\.(json|yaml|md|html|css|js|svg|d\.ts|ttf|otf|woff2?)$/.test(file) && !/\.test\./.test(file)

rmSync(dist, { recursive: true, force: true })
execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', join(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
})
const viewer = join(dist, 'server/mock/console/page/viewer')
for (const file of [
  'swagger-ui-bundle.js',
  'swagger-ui.css',
  'LICENSE',
  'NOTICE',
  'swagger-ui-bundle.js.LICENSE.txt',
]) {
  cpSync(join(root, 'node_modules/swagger-ui-dist', file), join(viewer, file))
}
for (const part of parts) {
  for (const file of readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })) {
    if (isAsset(file)) cpSync(join(root, part, file), join(dist, part, file))
  }
}
