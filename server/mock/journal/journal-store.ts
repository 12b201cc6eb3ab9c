import { randomUUID } from 'node:crypto'
import type { JournaledExchange } from './exchange.ts'

/** Where a journal is kept: the last requests, numbered from 1 in the order in which they were added. */
export interface JournalStore {
  /** Another one wherever the numbers begin anew, as after a restart of a server that keeps it in its memory. */
  id: string
  /** Returns its number once it is stored. */
  add(exchange: Omit<JournaledExchange, 'id'>): Promise<number>
  /** Replaces an exchange that is still there. */
  amend(exchange: JournaledExchange): Promise<void>
  /** As of the last `refresh`. */
  exchanges(): readonly JournaledExchange[]
  /** The highest number so far, 0 before the first request; as of the last `refresh`. */
  lastId(): number
  /** How many requests could not be stored since it was cleared; as of the last `refresh`. */
  missing(): number
  clear(): Promise<void>
  /** Brings in what other replicas have added. */
  refresh(): Promise<void>
}

/** The journal of one server, in its memory. What it does, it does at once. */
export function journalInMemory(limit: number): JournalStore {
  const exchanges: JournaledExchange[] = []
  let lastId = 0
  return {
    id: randomUUID(),
    async add(exchange) {
      lastId += 1
      exchanges.push({ ...exchange, id: lastId })
      if (exchanges.length > limit) exchanges.shift()
      return lastId
    },
    async amend(exchange) {
      const at = exchanges.findIndex(({ id }) => id === exchange.id)
      if (at >= 0) exchanges[at] = exchange
    },
    exchanges: () => exchanges,
    lastId: () => lastId,
    missing: () => 0,
    async clear() {
      exchanges.length = 0
    },
    async refresh() {},
  }
}
