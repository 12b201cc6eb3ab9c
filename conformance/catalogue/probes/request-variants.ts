import type { RequestSpec } from '../../http/request.ts'

/** An origin that no deployment knows. */
export const foreignOrigin = 'https://altostrat-contract.example'

/** An entity tag that no document has. */
export const unknownEntityTag = '"altostrat-contract-has-never-seen-this"'

/** A date on which no report was made: that of the examples in RFC 9110. */
export const longAgo = 'Sun, 06 Nov 1994 08:49:37 GMT'

/** Requests that differ in what changes neither who is authorized nor what the document says. */
export const requestVariants: [what: string, request: RequestSpec][] = [
  ['Accept: */*', { headers: { Accept: '*/*' } }],
  ['Accept: application/pdf', { headers: { Accept: 'application/pdf' } }],
  ['Accept: application/json', { headers: { Accept: 'application/json' } }],
  ['Accept-Encoding: gzip', { headers: { 'Accept-Encoding': 'gzip' } }],
  ['an unknown query', { query: 'unknown-parameter=1' }],
  ['HTTP/1.0', { version: '1.0' }],
  ['If-None-Match', { headers: { 'If-None-Match': unknownEntityTag } }],
  ['If-Modified-Since', { headers: { 'If-Modified-Since': 'Sat, 01 Jan 2000 00:00:00 GMT' } }],
  ['Origin', { headers: { Origin: foreignOrigin } }],
]

/** Whether a request is the plain one of a member, as often as it was sent. */
export const isPlain = ({ as = 'member', fresh: _, ...rest }: RequestSpec): boolean =>
  as === 'member' && Object.keys(rest).length === 0

/** What the address bar and the pages of today's browsers add to a request. */
export const browserHeaders = (language: string): Record<string, string> => ({
  Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'Cache-Control': 'no-cache',
  Pragma: 'no-cache',
  DNT: '1',
  'Sec-Fetch-Dest': 'document',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Site': 'same-origin',
  'Upgrade-Insecure-Requests': '1',
  'Accept-Language': language,
})

/** Values of Accept-Encoding: one coding each, any, and all that browsers accept. */
export const acceptedCodings = ['gzip', 'br', 'deflate', 'zstd', '*', 'gzip, deflate, br, zstd']
