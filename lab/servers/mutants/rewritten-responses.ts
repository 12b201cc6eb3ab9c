import { type Answer, withFields } from '../answer.ts'
import type { Behaviour } from '../behaviour.ts'
import type { Exchange } from '../exchange.ts'
import { baseline } from '../reference-behaviour.ts'

/** Changes whatever the answer is. */
export const responding = (change: (response: Answer, exchange: Exchange) => Answer): Partial<Behaviour> => ({
  respond: async (given, exchange) => change(await baseline.respond(given, exchange), exchange),
})

/** Lets the scripts of an origin ask with the credentials of a browser. */
export const trusting = (response: Answer, origin: string): Answer =>
  withFields(response, {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    Vary: 'Authorization, Origin',
  })
