import type { Behaviour } from '../../behaviour.ts'
import { withEveryResponse } from '../../behaviours.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import { problem, response, type ServedResponse, withHeaders, withoutHeaders } from '../../response.ts'
import { inArea } from '../area.ts'

/** Changes the report's response to HEAD. */
const withHead = (change: (head: ServedResponse) => ServedResponse): Partial<Behaviour> =>
  withEveryResponse((response, { method }) =>
    method === 'HEAD' && response.status === 200 ? change(response) : response,
  )

/** HEAD, OPTIONS, Allow (RFC 9110 §9.3.2, §9.3.7, §10.2.1). */
export const methods = inArea('http', [
  {
    id: 'head-length-wrong',
    title: 'announces another length for HEAD than GET has',
    level: 'http',
    behaviour: withHead((head) => withHeaders(head, { 'Content-Length': '12345' })),
  },
  {
    id: 'head-length-zero',
    title: 'announces an empty body for HEAD',
    level: 'http',
    behaviour: withHead((head) => withHeaders(head, { 'Content-Length': '0' })),
  },
  {
    id: 'head-type-differs',
    title: 'declares another media type for HEAD than for GET',
    level: 'http',
    behaviour: withHead((head) => withHeaders(head, { 'Content-Type': 'text/plain' })),
  },
  {
    id: 'method-405-unnamed',
    title: 'refuses HEAD with 405 and without Allow',
    level: 'http',
    behaviour: {
      intercept: (exchange) =>
        exchange.method === 'HEAD'
          ? problem(405, 'Method Not Allowed')
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'options-405-unnamed',
    title: 'refuses OPTIONS with 405 and without Allow',
    level: 'http',
    behaviour: {
      intercept: (exchange) =>
        exchange.method === 'OPTIONS'
          ? problem(405, 'Method Not Allowed')
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'options-without-get',
    title: 'leaves GET out of Allow',
    level: 'advice',
    behaviour: {
      intercept: (exchange) =>
        exchange.method === 'OPTIONS'
          ? response(204, { Allow: 'POST, OPTIONS' })
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'options-undocumented',
    title: 'offers methods in Allow that the contract does not have',
    level: 'advice',
    behaviour: {
      intercept: (exchange) =>
        exchange.method === 'OPTIONS'
          ? response(204, { Allow: 'GET, HEAD, OPTIONS, PUT, DELETE, TRACE' })
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'head-bare',
    title: 'names no file where it is asked for the head only',
    level: 'advice',
    behaviour: withEveryResponse((response, { method }) =>
      method === 'HEAD' ? withoutHeaders(response, 'Content-Disposition', 'ETag') : response,
    ),
  },
  {
    id: 'head-finds-all',
    title: 'finds every workspace where it is asked for the head only',
    level: 'http',
    behaviour: {
      refuse: (refusal, exchange) =>
        refusal === 'unknown' && exchange.method === 'HEAD'
          ? response(200, { 'Content-Type': 'application/pdf' })
          : referenceBehaviour.refuse(refusal, exchange),
    },
  },
])
