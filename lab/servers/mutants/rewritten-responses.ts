import { type ServedResponse, withHeaders } from '../answer.ts'
import type { Behaviour } from '../behaviour.ts'
import type { Exchange } from '../exchange.ts'
import { referenceBehaviour } from '../reference-behaviour.ts'

/** Changes whatever the answer is. */
export const responding = (
  change: (response: ServedResponse, exchange: Exchange) => ServedResponse,
): Partial<Behaviour> => ({
  respond: async (given, exchange) => change(await referenceBehaviour.respond(given, exchange), exchange),
})

/** Lets the scripts of an origin ask with the credentials of a browser. */
export const trusting = (response: ServedResponse, origin: string): ServedResponse =>
  withHeaders(response, {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    Vary: 'Authorization, Origin',
  })
