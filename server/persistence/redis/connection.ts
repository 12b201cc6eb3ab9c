import { clearTimeout, setTimeout } from 'node:timers'
import type { Logger } from 'pino'
import { Problem } from '../../http/problem.ts'
import { StartError } from '../../start-error.ts'

type Client = Awaited<ReturnType<typeof createClient>>

/** A connection to Redis or Valkey that is restored whenever it is lost. */
export interface RedisConnection {
  /** Runs commands. Rejects with the problem `unavailable` while there is no connection, or no reply in time. */
  run<T>(commands: (client: Client) => Promise<T>): Promise<T>
  isReady(): boolean
  close(): void
}

const connectMs = 5_000
const replyMs = 5_000
const longestPauseMs = 1_000

/** Throws {@link StartError} if nothing that can be used answers at the URL. */
export async function connect(url: string, log: Logger): Promise<RedisConnection> {
  const place = describePlace(url)
  let isStarted = false
  const client = await createClient(url, () => isStarted)
  client.on('error', (error: Error) => {
    if (isStarted) log.error(`${place}: ${error.message || error.name}`)
  })
  try {
    await client.connect()
  } catch (error) {
    throw new StartError(place, `cannot be used to keep the state (${reasonOf(error as Error)})`)
  }
  isStarted = true
  let isSilent = false
  const fallSilent = () => {
    isSilent = true
    // Replies come in order: once this one is there, so are those that were waited for.
    client
      .ping()
      .catch(() => {})
      .finally(() => {
        isSilent = false
      })
  }
  return {
    async run(commands) {
      const { promise: late, reject } = Promise.withResolvers<never>()
      const tooLate = new Error(`no reply for ${replyMs} ms`)
      const timer = setTimeout(() => {
        if (!isSilent) fallSilent()
        reject(tooLate)
      }, replyMs)
      try {
        if (isSilent) throw tooLate
        return await Promise.race([commands(client), late])
      } catch (error) {
        const detail = `The server that keeps the state does not respond (${reasonOf(error as Error)}).`
        throw new Problem('unavailable', detail, { 'Retry-After': '1' }, error)
      } finally {
        clearTimeout(timer)
      }
    },
    isReady: () => client.isReady && !isSilent,
    close() {
      // What was asked for before is still carried out.
      if (client.isReady) client.close().catch(() => {})
      else client.destroy()
    },
  }
}

async function createClient(url: string, isStarted: () => boolean) {
  const redis = await import('./redis-client.ts')
  return redis.createClient({
    url: url.replace(/^valkey/, 'redis'),
    // A command whose connection is lost may have been carried out: it is not sent again.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: connectMs,
      reconnectStrategy: (retries, cause) =>
        isStarted() ? Math.min(50 * 2 ** retries, longestPauseMs) : cause,
    },
  })
}

/** Host and port of a URL, without its credentials. Throws {@link StartError}. */
function describePlace(url: string): string {
  if (!URL.canParse(url)) throw new StartError('--state', 'is no URL like redis://host:6379/0')
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

function reasonOf({ message, name, cause }: Error): string {
  return message || (cause as Error | undefined)?.message || name
}
