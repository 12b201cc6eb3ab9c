import { type Exchange, requestHeader } from './exchange.ts'
import { headerOf, problem, type ServedResponse, withHeaders, withoutHeaders } from './response.ts'

/** Applies If-None-Match and Range to a full response (RFC 9110 §13.1.2, §14.2). */
export function select(full: ServedResponse, exchange: Exchange): ServedResponse {
  return notModified(full, exchange) ?? partial(full, exchange) ?? full
}

export function notModified(full: ServedResponse, exchange: Exchange): ServedResponse | undefined {
  const wanted = requestHeader(exchange, 'if-none-match')
  const etag = headerOf(full, 'etag')
  if (wanted === undefined || etag === undefined) return undefined
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  const matches = wanted.trim() === '*' || wanted.split(',').map(opaque).includes(opaque(etag))
  if (!matches) return undefined
  return {
    ...withoutHeaders(full, 'content-type', 'content-disposition'),
    status: 304,
    body: Buffer.alloc(0),
  }
}

export function partial(full: ServedResponse, exchange: Exchange): ServedResponse | undefined {
  const range = exchange.method === 'GET' ? requestHeader(exchange, 'range') : undefined
  const condition = requestHeader(exchange, 'if-range')
  if (range === undefined || (condition !== undefined && condition !== headerOf(full, 'etag')))
    return undefined
  const slice = sliceOf(range, full.body.length)
  if (slice === undefined) return undefined
  if (slice === 'unsatisfiable') {
    return problem(416, 'Range Not Satisfiable', { 'Content-Range': `bytes */${full.body.length}` })
  }
  const [first, last] = slice
  const selected = { ...full, status: 206, body: full.body.subarray(first, last + 1) }
  return withHeaders(selected, { 'Content-Range': `bytes ${first}-${last}/${full.body.length}` })
}

/** Undefined if the range is to be ignored: several ranges, another unit, or no valid range. */
function sliceOf(range: string, length: number): [first: number, last: number] | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/i.exec(range.trim()) ?? []
  if (from === '' && to === '') return undefined
  if (from === '') {
    return Number(to) === 0 ? 'unsatisfiable' : [Math.max(0, length - Number(to)), length - 1]
  }
  if (to !== '' && Number(to) < Number(from)) return undefined
  if (Number(from) >= length) return 'unsatisfiable'
  return [Number(from), to === '' ? length - 1 : Math.min(Number(to), length - 1)]
}
