import type { HostileServer } from './declaration.ts'
import { documents } from './hostile/documents.ts'
import { streams } from './hostile/streams.ts'
import { traps } from './hostile/traps.ts'

export { correctServers } from './correct/index.ts'
export { mutants } from './mutants/index.ts'

/** Deployments that try to harm the client. */
export const hostileServers: HostileServer[] = [...streams, ...traps, ...documents]
