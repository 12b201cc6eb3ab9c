import { readFileSync } from 'node:fs'
import { startHostile } from '../deployments/hostile.ts'
import { hostile } from '../deployments/index.ts'
import { authorityFile } from '../deployments/tls.ts'

const id = process.argv[2]
const declaration = hostile.find((one) => one.id === id)
if (!declaration) throw new Error(`no hostile deployment is called ${id}`)
const { baseUrl, profile, strays } = await startHostile(declaration)
process.on('message', () => process.send?.(strays))
process.send?.({ baseUrl, profile, ca: readFileSync(authorityFile, 'utf8') })
