import { existsSync, watch } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { contractFile } from '../../spec/document.ts'
import type { App, AppOptions } from '../app.ts'

const ourFixtures = fileURLToPath(new URL('../../fixtures', import.meta.url))
// Editors write a file in several steps; what counts is its state when they rest.
const settleMs = 100

/**
 * Has the app read its contract and fixtures again when their files change. A source that has become
 * unusable is logged, and the last good one keeps serving. Returns what ends the watch.
 */
export function watchSources(app: App, options: AppOptions, log: Logger): () => void {
  const { spec = contractFile, fixtures = ourFixtures } = options
  const reload = (source: 'contract' | 'fixtures') => async () => {
    try {
      await app.reload(source)
      log.info(`read the ${source} again`)
    } catch (error) {
      log.error(`kept the last good ${source}: ${(error as Error).message}`)
    }
  }
  const ends = [
    watchFiles([dirname(spec)], /\.(ya?ml|json)$/, reload('contract')),
    // Fixtures given as values have no files.
    ...(typeof fixtures === 'string'
      ? [watchFiles([fixtures, join(fixtures, 'workspaces')], /\.json$/, reload('fixtures'))]
      : []),
  ]
  return () => {
    for (const end of ends) end()
  }
}

function watchFiles(directories: string[], extension: RegExp, onChange: () => void): () => void {
  let pending: NodeJS.Timeout | undefined
  const note = (directory: string) => (_event: string, file: string | null) => {
    if (!file || !(extension.test(file) || directories.includes(join(directory, file)))) return
    clearTimeout(pending)
    pending = setTimeout(() => {
      // A directory that was replaced is another one, which the old watcher does not see.
      for (const watcher of watchers) watcher.close()
      watchers = open()
      onChange()
    }, settleMs)
  }
  const open = () =>
    directories
      .filter((directory) => existsSync(directory))
      .map((directory) => watch(directory, note(directory)))
  let watchers = open()
  return () => {
    clearTimeout(pending)
    for (const watcher of watchers) watcher.close()
  }
}
