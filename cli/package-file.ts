import { existsSync } from 'node:fs'

const beside = new URL('../package.json', import.meta.url)

/** The package's own `package.json`: one folder up in the repository, two from the compiled package. */
export const packageFile = existsSync(beside) ? beside : new URL('../../package.json', import.meta.url)
