import { existsSync, watch } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { contractFile } from '../../spec/contract-document.ts'
import type { App, AppOptions } from '../app.ts'

const ourFixtures = fileURLToPath(new URL('../../fixtures', import.meta.url))
// Editors write a file in several steps; read it once they have finished.
const settleMs = 100

/**
 * Reloads the app's contract and fixtures when their files change. A source that has become invalid is logged,
 * and the last valid one stays in use. Returns a function that stops watching.
 */
export function watchSources(app: App, options: AppOptions, log: Logger): () => void {
  const { spec = contractFile, fixtures = ourFixtures } = options
  const reload = (source: 'contract' | 'fixtures') => async () => {
    try {
      const isInUse = await app.reload(source)
      log.info(
        `read the ${source} again${isInUse ? '' : ': the state is kept, and returns to them when it is reset'}`,
      )
    } catch (error) {
      log.error(`kept the last good ${source}: ${(error as Error).message}`)
    }
  }
  const stops = [
    watchFiles([dirname(spec)], /\.(ya?ml|json)$/, reload('contract')),
    // Fixtures given as values have no files.
    ...(typeof fixtures === 'string'
      ? [watchFiles([fixtures, join(fixtures, 'workspaces')], /\.json$/, reload('fixtures'))]
      : []),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function watchFiles(directories: string[], extension: RegExp, onChange: () => void): () => void {
  let pending: NodeJS.Timeout | undefined
  const onEvent = (directory: string) => (_event: string, file: string | null) => {
    if (!file || !(extension.test(file) || directories.includes(join(directory, file)))) return
    clearTimeout(pending)
    pending = setTimeout(() => {
      // A watcher does not follow a directory that was deleted and created again.
      for (const watcher of watchers) watcher.close()
      watchers = open()
      onChange()
    }, settleMs)
  }
  const open = () =>
    directories
      .filter((directory) => existsSync(directory))
      .map((directory) => watch(directory, onEvent(directory)))
  let watchers = open()
  return () => {
    clearTimeout(pending)
    for (const watcher of watchers) watcher.close()
  }
}
