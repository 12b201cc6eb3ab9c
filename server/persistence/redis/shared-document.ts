import { randomUUID } from 'node:crypto'
import { Problem } from '../../http/problem.ts'
import { coalesce } from '../coalesce.ts'
import type { Kept } from '../kept.ts'
import type { RedisConnection } from './connection.ts'
import { createCopy, toTexts } from './document-copy.ts'
import type { DocumentForm } from './document-form.ts'
import { exchangeFields, type FieldsReply, type KnownVersion } from './versioned-fields.ts'

/** A value that replicas keep in Redis. */
export interface SharedDocument<T> extends Kept<T> {
  refresh(): Promise<void>
}

interface QueuedChange<T> {
  change(value: T): unknown
  resolve(result: unknown): void
  reject(error: unknown): void
}

/** Of two replicas that change at the same time one has to repeat its change; so often in a row is no coincidence. */
const mostAttempts = 200

/** Opens the value that is stored below a key; where there is none, it begins as `initial` gives it. */
export async function openSharedDocument<T>(
  connection: RedisConnection,
  key: string,
  form: DocumentForm<T>,
  initial: () => T,
): Promise<SharedDocument<T>> {
  const nothing: KnownVersion = { epoch: '', version: 0 }
  let known = nothing
  const served = createCopy(form)
  // Changes are tried on a copy of their own: what is served is stored.
  const draft = createCopy(form)

  const accept = ({ epoch, version, changed }: FieldsReply) => {
    if (epoch !== known.epoch) served.replace(changed)
    else if (version > known.version) served.update(changed)
    else return
    known = { epoch, version }
  }

  const refresh = async () => {
    const reply = await exchangeFields(connection, key, known)
    if (reply.epoch !== '') return accept(reply)
    // The database is empty: the first replica fills it, the others receive what that one has stored.
    const beginning = { epoch: randomUUID(), version: 0 }
    const parts = toTexts(form.split(initial()))
    const begun = await exchangeFields(connection, key, beginning, parts)
    accept(begun.isStored ? { ...begun, changed: parts } : begun)
  }

  /** Runs changes one after the other. Returns their results, or what the one after the last result has thrown. */
  const run = async (batch: readonly QueuedChange<T>[]) => {
    const results: unknown[] = []
    try {
      for (const { change } of batch) results.push(await change(draft.value()))
      return { results }
    } catch (error) {
      return { results, error }
    }
  }

  /** Stores what a batch has changed. Returns whether no other replica was faster. */
  const store = async (base: KnownVersion): Promise<boolean> => {
    const changed = draft.changes()
    if (changed.size === 0) return true
    const reply = await exchangeFields(connection, key, base, changed)
    if (reply.epoch === '') await refresh()
    else accept(reply.isStored ? { ...reply, changed } : reply)
    if (reply.isStored) draft.keep()
    return reply.isStored
  }

  const settle = async (batch: readonly QueuedChange<T>[]): Promise<void> => {
    for (let attempts = 0; attempts < mostAttempts; attempts += 1) {
      draft.follow(served)
      const base = known
      const { results, ...failure } = await run(batch)
      if ('error' in failure) {
        draft.revert()
        if (batch.length === 1) throw failure.error
        // What threw may have changed something before: the others begin again without it.
        const at = results.length
        for (const part of [batch.slice(0, at), batch.slice(at, at + 1), batch.slice(at + 1)])
          await conclude(part)
        return
      }
      const isStored = await store(base).catch((error: unknown) => {
        draft.revert()
        throw error
      })
      if (isStored) {
        for (const [at, { resolve }] of batch.entries()) resolve(results[at])
        return
      }
      draft.revert()
    }
    throw new Problem('unavailable', 'Other replicas change the state all the time.', { 'Retry-After': '1' })
  }

  const conclude = async (batch: readonly QueuedChange<T>[]): Promise<void> => {
    if (batch.length === 0) return
    await settle(batch).catch((error: unknown) => {
      for (const { reject } of batch) reject(error)
    })
  }

  const queue: QueuedChange<T>[] = []
  // Changes that arrive while others are being stored are stored together.
  const concludeQueued = coalesce(async () => conclude(queue.splice(0)))

  await refresh()
  return {
    current: served.value,
    refresh: coalesce(refresh),
    change: <R>(change: (value: T) => R | Promise<R>) =>
      new Promise<R>((resolve, reject) => {
        queue.push({ change, resolve: resolve as (result: unknown) => void, reject })
        concludeQueued()
      }),
  }
}
