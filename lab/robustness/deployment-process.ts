import { readFileSync } from 'node:fs'
import { hostileServers } from '../servers/index.ts'
import { startHostile } from '../servers/start-hostile.ts'
import { authorityFile } from '../servers/tls.ts'

const id = process.argv[2]
const declaration = hostileServers.find((one) => one.id === id)
if (!declaration) throw new Error(`no hostile deployment is called ${id}`)
const { baseUrl, profile, misdirected } = await startHostile(declaration)
process.on('message', () => process.send?.(misdirected))
process.send?.({ baseUrl, profile, ca: readFileSync(authorityFile, 'utf8') })
