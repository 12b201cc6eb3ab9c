import { withEveryResponse, withTrustedOrigin } from '../../behaviours.ts'
import { hasHeader, requestHeader } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import { withHeaders, withoutHeaders } from '../../response.ts'
import { inArea } from '../area.ts'

/** What scripts of other origins may do (Fetch standard, CORS protocol). */
export const cors = inArea('http', [
  {
    id: 'origin-null-trusted',
    title: 'lets the scripts of sandboxed frames ask with credentials',
    level: 'advice',
    behaviour: withEveryResponse((response, exchange) =>
      hasHeader('origin', /^null$/)(exchange) ? withTrustedOrigin(response, 'null') : response,
    ),
  },
  {
    id: 'cors-preflight-only',
    title: 'lets scripts ask with a token, and does not let them read the report',
    level: 'advice',
    behaviour: withEveryResponse((response, { method }) =>
      method === 'OPTIONS' ? response : withoutHeaders(response, 'Access-Control-Allow-Origin'),
    ),
  },
  {
    id: 'cors-credentials',
    title: 'allows every origin, with credentials',
    level: 'advice',
    behaviour: withEveryResponse((response) =>
      withHeaders(response, {
        'Access-Control-Allow-Credentials': 'true',
      }),
    ),
  },
  {
    id: 'cors-reflected',
    title: 'reflects any origin, with credentials',
    level: 'advice',
    behaviour: withEveryResponse((response, exchange) =>
      withHeaders(response, {
        'Access-Control-Allow-Origin': requestHeader(exchange, 'origin') ?? '*',
        ...(requestHeader(exchange, 'origin') && { 'Access-Control-Allow-Credentials': 'true' }),
        Vary: 'Origin',
      }),
    ),
  },
  {
    id: 'cors-listed',
    title: 'lists several origins in one field',
    level: 'advice',
    behaviour: withEveryResponse((response) =>
      withHeaders(response, {
        'Access-Control-Allow-Origin': 'https://a.example, https://b.example',
      }),
    ),
  },
  {
    id: 'cors-preflight-without-authorization',
    title: 'does not allow scripts to send Authorization',
    level: 'advice',
    behaviour: {
      intercept: async (exchange) => {
        const early = await referenceBehaviour.intercept(exchange)
        return exchange.method === 'OPTIONS' && early
          ? withHeaders(early, { 'Access-Control-Allow-Headers': 'Accept' })
          : early
      },
    },
  },
  {
    id: 'cors-file-name-hidden',
    title: 'keeps the file name from the scripts that may read the report',
    level: 'advice',
    behaviour: withEveryResponse((response) =>
      withHeaders(response, {
        'Access-Control-Expose-Headers': 'ETag',
      }),
    ),
  },
  {
    id: 'cors-vary-missing',
    title: 'reflects the origin without saying that the answer varies with it',
    level: 'advice',
    behaviour: withEveryResponse((response, exchange) =>
      withHeaders(response, {
        'Access-Control-Allow-Origin': requestHeader(exchange, 'origin') ?? '*',
      }),
    ),
  },
])
