import type { RedisConnection } from './connection.ts'

/** Fields as a replica knows them: of which version of which beginning. */
export interface KnownVersion {
  /** Changes when the database was emptied and is filled again: versions then count from 1. */
  epoch: string
  version: number
}

/** What Redis answers: the version that it has by now, and the fields changed since the known one. */
export interface FieldsReply extends KnownVersion {
  isStored: boolean
  /** Text by field; undefined where the field was removed. */
  changed: ReadonlyMap<string, string | undefined>
}

/**
 * Stores fields if nothing has changed since the known version, and else gives what has: one atomic step. `version` 0
 * stores only where there is nothing yet. Without fields to store it only reads.
 */
const script = `
local head, fields, versions = KEYS[1], KEYS[2], KEYS[3]
local epoch = redis.call('HGET', head, 'epoch') or ''
local version = tonumber(redis.call('HGET', head, 'version') or 0)
local known = tonumber(ARGV[2])
if #ARGV > 2 and known == version and (epoch == ARGV[1] or epoch == '') then
  version = version + 1
  for at = 3, #ARGV, 2 do
    if ARGV[at + 1] == '' then
      redis.call('HDEL', fields, ARGV[at])
    else
      redis.call('HSET', fields, ARGV[at], ARGV[at + 1])
    end
    redis.call('ZADD', versions, version, ARGV[at])
  end
  redis.call('HSET', head, 'epoch', ARGV[1], 'version', version)
  return { 1, ARGV[1], version }
end
if epoch ~= ARGV[1] then known = 0 end
local reply = { 0, epoch, version }
for _, field in ipairs(redis.call('ZRANGEBYSCORE', versions, '(' .. known, '+inf')) do
  reply[#reply + 1] = field
  reply[#reply + 1] = redis.call('HGET', fields, field) or ''
end
return reply
`

/** Reads and stores fields below a key. */
export async function exchangeFields(
  connection: RedisConnection,
  key: string,
  { epoch, version }: KnownVersion,
  toStore: ReadonlyMap<string, string | undefined> = new Map(),
): Promise<FieldsReply> {
  const stored = [...toStore].flatMap(([field, text = '']) => [field, text])
  const reply = await connection.run((client) =>
    client.eval(script, {
      keys: [key, `${key}:fields`, `${key}:versions`],
      arguments: [epoch, `${version}`, ...stored],
    }),
  )
  const [isStored, newEpoch, newVersion, ...rest] = reply as [number, string, number, ...string[]]
  const changed = new Map<string, string | undefined>()
  for (let at = 0; at < rest.length; at += 2) changed.set(rest[at]!, rest[at + 1] || undefined)
  return { isStored: isStored === 1, epoch: newEpoch, version: newVersion, changed }
}
