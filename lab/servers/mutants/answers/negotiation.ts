import { gzipSync } from 'node:zlib'
import { withEveryResponse, withReport, withTrustedOrigin } from '../../behaviours.ts'
import { type Exchange, hasHeader, requestHeader } from '../../exchange.ts'
import { problem, response, type ServedResponse, withCoding, withHeaders } from '../../response.ts'
import { inArea } from '../area.ts'

const whenAccept = (condition: (accept: string | undefined) => boolean, instead: ServedResponse) =>
  withReport((full, exchange) => (condition(requestHeader(exchange, 'accept')) ? instead : full))

const serverError = problem(500, 'Internal Server Error')

const failsWhere = (condition: (exchange: Exchange) => boolean) =>
  withReport((full, exchange) => (condition(exchange) ? serverError : full))

/** Request headers and queries that lead to a wrong response. */
export const negotiation = inArea('answers', [
  {
    id: 'accept-any-406',
    title: 'answers Accept: */* with 406',
    level: 'contract',
    behaviour: whenAccept((accept) => accept === '*/*', problem(406, 'Not Acceptable')),
  },
  {
    id: 'accept-range-406',
    title: 'answers Accept: application/* with 406',
    level: 'contract',
    behaviour: whenAccept((accept) => accept === 'application/*', problem(406, 'Not Acceptable')),
  },
  {
    id: 'accept-absent-400',
    title: 'demands an Accept field',
    level: 'contract',
    behaviour: whenAccept((accept) => accept === undefined, problem(400, 'Bad Request')),
  },
  {
    id: 'accept-json-500',
    title: 'fails where JSON is asked for',
    level: 'advice',
    behaviour: whenAccept((accept) => accept === 'application/json', problem(500, 'Internal Server Error')),
  },
  {
    id: 'accept-json-200',
    title: 'answers with undocumented JSON where JSON is asked for',
    level: 'contract',
    behaviour: whenAccept(
      (accept) => accept === 'application/json',
      response(200, { 'Content-Type': 'application/json' }, '{"data":[]}'),
    ),
  },
  {
    id: 'query-400',
    title: 'refuses unknown query parameters',
    level: 'advice',
    behaviour: withReport((full, { query }) => (query.size > 0 ? problem(400, 'Bad Request') : full)),
  },
  {
    id: 'browser-language-500',
    title: 'fails for browsers that prefer a language other than English',
    level: 'contract',
    behaviour: {
      represent: (full, exchange) =>
        hasHeader('accept-language', /^(?!en)\w/)(exchange) ? serverError : full,
    },
  },
  {
    id: 'browser-page',
    title: 'shows browsers a page instead of the report',
    level: 'contract',
    behaviour: {
      represent: (full, exchange) =>
        hasHeader('accept', /html.*,\*\/\*/)(exchange)
          ? response(200, { 'Content-Type': 'text/html' }, '<!doctype html><title>Usage</title>')
          : full,
    },
  },
  {
    id: 'gzip-type',
    title: 'declares the compressed report to be bytes',
    level: 'contract',
    behaviour: {
      represent: (full, exchange) =>
        hasHeader('accept-encoding', /^gzip$/)(exchange)
          ? withHeaders(withCoding(full, 'gzip', gzipSync(full.body)), {
              'Content-Type': 'application/octet-stream',
            })
          : withHeaders(full, { Vary: 'Authorization, Accept-Encoding' }),
    },
  },
  {
    id: 'origin-null-500',
    title: 'fails where the origin is null',
    level: 'contract',
    behaviour: {
      represent: (full, exchange) =>
        hasHeader('origin', /^null$/)(exchange) ? problem(500, 'Internal Server Error') : full,
    },
  },
  {
    id: 'coding-br-500',
    title: 'fails where the client accepts br',
    level: 'contract',
    behaviour: {
      represent: (full, exchange) =>
        hasHeader('accept-encoding', /\bbr\b/)(exchange) ? problem(500, 'Internal Server Error') : full,
    },
  },
  {
    id: 'accept-cased-406',
    title: 'knows media types in lower case only',
    level: 'http',
    behaviour: {
      represent: (full, exchange) =>
        hasHeader('accept', /^(?!.*(?:application\/(?:pdf|json|\*)|\*\/\*|^text\/[a-z]+$)).+/)(exchange)
          ? problem(406, 'Not Acceptable')
          : full,
    },
  },
  {
    id: 'origin-begins-alike',
    title: 'lets the scripts of origins that begin like a trusted one ask with credentials',
    level: 'advice',
    behaviour: withEveryResponse((response, exchange) => {
      const origin = requestHeader(exchange, 'origin')
      return origin?.startsWith('http://localhost') ? withTrustedOrigin(response, origin) : response
    }),
  },
  {
    id: 'get-with-type-415',
    title: 'refuses a GET that names a media type of its content',
    level: 'contract',
    behaviour: {
      represent: (full, exchange) =>
        requestHeader(exchange, 'content-type') ? problem(415, 'Unsupported Media Type') : full,
    },
  },
  {
    id: 'cookie-odd-500',
    title: 'fails on a cookie with a percent sign that escapes nothing',
    level: 'contract',
    behaviour: failsWhere(hasHeader('cookie', /%(?![\da-f]{2})/i)),
  },
  {
    id: 'accept-weight-500',
    title: 'fails on an Accept whose weight is no number',
    level: 'contract',
    behaviour: failsWhere(hasHeader('accept', /q=[a-z]/i)),
  },
  {
    id: 'coding-weights-500',
    title: 'fails on codings with weights',
    level: 'contract',
    behaviour: failsWhere(hasHeader('accept-encoding', /gzip;q=\d/)),
  },
  {
    id: 'range-reversed-500',
    title: 'fails on a range that ends before it begins',
    level: 'contract',
    behaviour: failsWhere(hasHeader('range', /=5-2$/)),
  },
  {
    id: 'range-of-many-digits-500',
    title: 'fails on a range that begins beyond what 64 bits hold',
    level: 'contract',
    behaviour: failsWhere(hasHeader('range', /=\d{20}/)),
  },
])
