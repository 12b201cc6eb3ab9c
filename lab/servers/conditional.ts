import { type Answer, fieldOf, problem, withFields, without } from './answer.ts'
import { type Exchange, headerOf } from './exchange.ts'

/** Applies If-None-Match and Range to a full answer (RFC 9110 §13.1.2, §14.2). */
export function select(full: Answer, exchange: Exchange): Answer {
  return notModified(full, exchange) ?? partial(full, exchange) ?? full
}

export function notModified(full: Answer, exchange: Exchange): Answer | undefined {
  const wanted = headerOf(exchange, 'if-none-match')
  const etag = fieldOf(full, 'etag')
  if (wanted === undefined || etag === undefined) return undefined
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  const matches = wanted.trim() === '*' || wanted.split(',').map(opaque).includes(opaque(etag))
  if (!matches) return undefined
  return { ...without(full, 'content-type', 'content-disposition'), status: 304, body: Buffer.alloc(0) }
}

export function partial(full: Answer, exchange: Exchange): Answer | undefined {
  const range = exchange.method === 'GET' ? headerOf(exchange, 'range') : undefined
  const condition = headerOf(exchange, 'if-range')
  if (range === undefined || (condition !== undefined && condition !== fieldOf(full, 'etag')))
    return undefined
  const slice = sliceOf(range, full.body.length)
  if (slice === undefined) return undefined
  if (slice === 'unsatisfiable') {
    return problem(416, 'Range Not Satisfiable', { 'Content-Range': `bytes */${full.body.length}` })
  }
  const [first, last] = slice
  const selected = { ...full, status: 206, body: full.body.subarray(first, last + 1) }
  return withFields(selected, { 'Content-Range': `bytes ${first}-${last}/${full.body.length}` })
}

/** Undefined where the range is to be ignored: several ranges, another unit, or no range at all. */
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
