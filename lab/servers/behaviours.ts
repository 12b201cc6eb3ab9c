import type { Behaviour, Refusal } from './behaviour.ts'
import type { Exchange } from './exchange.ts'
import { referenceBehaviour } from './reference-behaviour.ts'
import { type ServedResponse, withHeaders, withoutHeaders } from './response.ts'

/** Changes the report's full 200 response, before conditions and ranges apply to it. */
export const withReport = (
  change: (full: ServedResponse, exchange: Exchange) => ServedResponse | Promise<ServedResponse>,
): Partial<Behaviour> => ({ represent: change })

export const withReportHeaders = (headers: Record<string, string>): Partial<Behaviour> =>
  withReport((full) => withHeaders(full, headers))

export const withoutReportHeaders = (...names: string[]): Partial<Behaviour> =>
  withReport((full) => withoutHeaders(full, ...names))

export const withReportType = (mediaType: string): Partial<Behaviour> =>
  withReportHeaders({ 'Content-Type': mediaType })

/** Changes what conditions and ranges select from the full response: a 200, 206, 304 or 416. */
export const withSelection = (
  change: (selected: ServedResponse, full: ServedResponse, exchange: Exchange) => ServedResponse,
): Partial<Behaviour> => ({
  select: (full, exchange) => change(referenceBehaviour.select(full, exchange), full, exchange),
})

/** Selects otherwise where the condition holds. */
export const withSelectionWhere = (
  condition: (exchange: Exchange) => boolean,
  select: Behaviour['select'],
): Partial<Behaviour> => ({
  select: (full, exchange) => (condition(exchange) ? select : referenceBehaviour.select)(full, exchange),
})

/** Changes every response, refusals included. */
export const withEveryResponse = (
  change: (response: ServedResponse, exchange: Exchange) => ServedResponse,
): Partial<Behaviour> => ({
  respond: async (response, exchange) =>
    change(await referenceBehaviour.respond(response, exchange), exchange),
})

/** Changes every refusal. */
export const withEveryRefusal = (
  change: (refused: ServedResponse, exchange: Exchange) => ServedResponse,
): Partial<Behaviour> => ({
  refuse: async (refusal, exchange) => change(await referenceBehaviour.refuse(refusal, exchange), exchange),
})

/** Changes refusals for one reason. */
export const withRefusal = (
  reason: Refusal,
  change: (refused: ServedResponse, exchange: Exchange) => ServedResponse,
): Partial<Behaviour> => ({
  refuse: async (refusal, exchange) => {
    const refused = await referenceBehaviour.refuse(refusal, exchange)
    return refusal === reason ? change(refused, exchange) : refused
  },
})

/** Changes the bytes of the finished PDF. */
export const withFile = (change: Behaviour['file']): Partial<Behaviour> => ({ file: change })

/** Changes the PDF as text of ISO 8859-1, in which each byte is one character. */
export const withFileText = (edit: (text: string) => string): Partial<Behaviour> =>
  withFile((pdf) => Buffer.from(edit(pdf.toString('latin1')), 'latin1'))

/** Lets scripts of this origin send the browser’s credentials. */
export const withTrustedOrigin = (response: ServedResponse, origin: string): ServedResponse =>
  withHeaders(response, {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    Vary: 'Authorization, Origin',
  })
