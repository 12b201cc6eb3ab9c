import type { JournaledExchange } from './exchange.ts'

/** Where a journal is kept: the last requests, numbered from 1 in the order in which they were added. */
export interface JournalStore {
  /** Whether other replicas read it: an exchange must then be stored before its client can ask for it elsewhere. */
  isShared: boolean
  /** Returns its number once it is stored. */
  add(exchange: Omit<JournaledExchange, 'id'>): Promise<number>
  /** Replaces an exchange that is still there. */
  amend(exchange: JournaledExchange): Promise<void>
  /** As of the last `refresh`. */
  exchanges(): readonly JournaledExchange[]
  /** The highest number so far, 0 before the first request; as of the last `refresh`. */
  lastId(): number
  clear(): Promise<void>
  /** Brings in what other replicas have added. */
  refresh(): Promise<void>
}

/** The journal of one server, in its memory. What it does, it does at once. */
export function journalInMemory(limit: number): JournalStore {
  const exchanges: JournaledExchange[] = []
  let lastId = 0
  return {
    isShared: false,
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
    async clear() {
      exchanges.length = 0
    },
    async refresh() {},
  }
}
