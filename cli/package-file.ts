import { existsSync, readFileSync } from 'node:fs'

const beside = new URL('../package.json', import.meta.url)

/** The package's own `package.json`: one folder up in the repository, two from the compiled package. */
export const packageFile = existsSync(beside) ? beside : new URL('../../package.json', import.meta.url)

/** Name and version, as every report says them. */
export function describeTool(): { name: string; version: string } {
  const { name, version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { name: string; version: string }
  return { name, version }
}
