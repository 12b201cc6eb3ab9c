import type { HostileServer } from './declaration.ts'
import { codings } from './hostile/codings.ts'
import { documents } from './hostile/documents.ts'
import { framing } from './hostile/framing.ts'
import { headers } from './hostile/headers.ts'
import { streams } from './hostile/streams.ts'
import { traps } from './hostile/traps.ts'

export { correctServers } from './correct/index.ts'
export { mutants } from './mutants/index.ts'

/** Deployments that try to harm the client. */
export const hostileServers: HostileServer[] = [
  ...streams,
  ...framing,
  ...headers,
  ...codings,
  ...traps,
  ...documents,
]
