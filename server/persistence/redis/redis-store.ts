import type { Logger } from 'pino'
import { type GivenFixtures, loadFixtures } from '../../../fixtures/load-fixtures.ts'
import { generateSigningKey, parseSigningKey, type SigningKey } from '../../authentication/signing-key.ts'
import { stateFrom } from '../../domain/state.ts'
import { emptyRuleBook } from '../../mock/rule-book.ts'
import type { Store } from '../store.ts'
import { connect, type RedisConnection } from './connection.ts'
import { rulesForm, stateForm } from './document-form.ts'
import { openSharedDocument } from './shared-document.ts'
import { openSharedJournal } from './shared-journal.ts'

/** The number is raised when older versions can no longer read what is stored. */
const prefix = 'altostrat-contract:1:'

/** A store that replicas share. Throws `StartError` if the server cannot be reached, or holds something else. */
export async function openRedisStore(
  url: string,
  options: { fixtures: string | GivenFixtures | undefined; log: Logger },
): Promise<Store> {
  let fixtures = loadFixtures(options.fixtures)
  const connection = await connect(url, options.log)
  try {
    const initial = () => stateFrom(fixtures)
    const state = await openSharedDocument(connection, `${prefix}state`, stateForm, initial)
    const rules = await openSharedDocument(connection, `${prefix}rules`, rulesForm, emptyRuleBook)
    return {
      isShared: true,
      state,
      rules,
      journal: openSharedJournal(connection, `${prefix}journal`),
      signingKey: await sharedSigningKey(connection),
      reset: () => state.change((value) => void Object.assign(value, initial())),
      reloadFixtures() {
        fixtures = loadFixtures(options.fixtures)
        return false
      },
      async refresh() {
        await Promise.all([state.refresh(), rules.refresh()])
      },
      isReady: connection.isReady,
      close: connection.close,
    }
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Of several replicas that start at once, the first one's key is stored, and all use that. */
async function sharedSigningKey(connection: RedisConnection): Promise<SigningKey> {
  const key = `${prefix}signing-key`
  const { privateJwk } = await generateSigningKey()
  const stored = await connection.run(async (client) => {
    await client.set(key, JSON.stringify(privateJwk), { condition: 'NX' })
    return client.get(key)
  })
  return parseSigningKey(String(stored))
}
