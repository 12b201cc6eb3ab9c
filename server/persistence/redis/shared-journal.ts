import type { JournaledExchange } from '../../mock/journal/exchange.ts'
import type { JournalStore } from '../../mock/journal/journal-store.ts'
import { journalLength } from '../store.ts'
import type { RedisConnection } from './connection.ts'

const add = `
local id = redis.call('INCR', KEYS[2])
redis.call('HSET', KEYS[1], id, ARGV[1])
redis.call('HDEL', KEYS[1], id - ARGV[2])
return id
`
const amend =
  "if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end"
// A script that writes is written to disk: reading must not.
const read = `
if ARGV[1] ~= '0' then redis.call('INCRBY', KEYS[3], ARGV[1]) end
return { redis.call('GET', KEYS[2]) or '0', redis.call('HGETALL', KEYS[1]), redis.call('GET', KEYS[3]) or '0' }
`

/** The journal of all replicas: a hash with the requests by number, their counter, and how many could not be stored. */
export function openSharedJournal(connection: RedisConnection, key: string): JournalStore {
  const keys = [key, `${key}:last`, `${key}:missing`]
  let exchanges: JournaledExchange[] = []
  let lastId = 0
  let missing = 0
  /** Requests to this replica that could not be stored, and are not counted in Redis yet. */
  let uncounted = 0
  const run = (script: string, ...args: string[]) =>
    connection.run((client) => client.eval(script, { keys, arguments: args }))
  return {
    id: 'shared',
    async add(exchange) {
      try {
        return Number(await run(add, JSON.stringify(exchange), `${journalLength}`))
      } catch (error) {
        uncounted += 1
        throw error
      }
    },
    async amend({ id, ...exchange }) {
      await run(amend, `${id}`, JSON.stringify(exchange))
    },
    exchanges: () => exchanges,
    lastId: () => lastId,
    missing: () => missing,
    async clear() {
      exchanges = []
      uncounted = 0
      await connection.run((client) => client.del([key, `${key}:missing`]))
    },
    async refresh() {
      const counted = uncounted
      const [last, stored, all] = (await run(read, `${counted}`)) as [string, string[], string]
      uncounted -= counted
      lastId = Number(last)
      missing = Number(all)
      exchanges = Array.from({ length: stored.length / 2 }, (_, at) =>
        toExchange(stored[2 * at]!, stored[2 * at + 1]!),
      )
      exchanges.sort((one, other) => one.id - other.id)
    },
  }
}

function toExchange(id: string, text: string): JournaledExchange {
  const exchange = JSON.parse(text) as Omit<JournaledExchange, 'id' | 'at'> & { at: string }
  return { ...exchange, id: Number(id), at: new Date(exchange.at) }
}
