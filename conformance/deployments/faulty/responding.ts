import type { Answer } from '../answer.ts'
import { baseline } from '../baseline.ts'
import type { Behaviour } from '../behaviour.ts'
import type { Exchange } from '../exchange.ts'

/** Changes whatever the answer is. */
export const responding = (change: (response: Answer, exchange: Exchange) => Answer): Partial<Behaviour> => ({
  respond: async (given, exchange) => change(await baseline.respond(given, exchange), exchange),
})
