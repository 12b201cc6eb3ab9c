import { expect, test } from 'vitest'
import type { RunContext } from '../../engine/context.ts'
import { ExchangeLog } from '../../engine/exchange-log.ts'
import type { Target } from '../../engine/target.ts'
import type { RecordedExchange } from '../../results/evidence/evidence.ts'
import { recognizeOutsidersOwn } from './disclosure.ts'

const workspace = 'ws_of_the_outsider'
const context = {
  profile: { actors: { outsider: { workspace } } },
  documents: { lines: async (body: Buffer) => [[body.toString()]] },
} as unknown as RunContext

test('of a document that is not the outsider’s own, the last exchange that was looked into is its own', async () => {
  const log = new ExchangeLog()
  const receive = (text: string) => {
    const response = { status: 200, headers: [], body: Buffer.from(`%PDF-1.7 ${text}`) }
    return log.add({} as RecordedExchange)({ response } as unknown as RecordedExchange)!
  }
  const target = {
    request: async ({ as } = {}) => receive(as === 'outsider' ? 'of the outsider' : 'of the member'),
  } as Target
  const isOwn = await recognizeOutsidersOwn(target, context)
  expect(await isOwn(receive('of the outsider'))).toBe(true)
  expect(await isOwn(receive('of the member'))).toBe(false)
  expect(log.lookedAt).toBe(3)
})
