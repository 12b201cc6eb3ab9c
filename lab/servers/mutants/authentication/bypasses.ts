import type { Behaviour } from '../../behaviour.ts'
import { isHttp10, requestHeader } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import { response } from '../../response.ts'
import { inArea } from '../area.ts'
import { bypassing, isAnonymous } from './lenient-verification.ts'

/** Serves a spelling of the path that nobody thought to protect. */
const alias = (pattern: RegExp, canonical: string): Partial<Behaviour> => ({
  ...bypassing(({ path }) => pattern.test(path)),
  route: (path) => referenceBehaviour.route(path.replace(pattern, canonical)),
})

const served = '/organizations/usage.pdf'

/** Methods, paths and headers with which a request bypasses authentication. */
export const bypasses = inArea('authentication', [
  {
    id: 'old-client-unprotected',
    title: 'asks clients of HTTP/1.0 for no credentials',
    level: 'contract',
    behaviour: bypassing((exchange) => isHttp10(exchange) && isAnonymous(exchange)),
  },
  {
    id: 'trailing-dot-unprotected',
    title: 'leaves the path with a dot at its end unprotected',
    level: 'contract',
    behaviour: alias(/\/organizations\/usage\.pdf\.$/, served),
  },
  {
    id: 'method-parameter-unprotected',
    title: 'takes a GET whose query names OPTIONS as its method for a preflight request',
    level: 'contract',
    behaviour: bypassing(({ query }) => query.get('_method') === 'OPTIONS'),
  },
  {
    id: 'probe-unprotected',
    title: 'asks the probes of its orchestrator for no credentials',
    level: 'contract',
    behaviour: bypassing((exchange) => /^kube-probe\//.test(requestHeader(exchange, 'user-agent') ?? '')),
  },
  {
    id: 'default-password',
    title: 'still has the account that its server came with',
    level: 'contract',
    behaviour: bypassing(
      (exchange) =>
        requestHeader(exchange, 'authorization') === `Basic ${Buffer.from('admin:admin').toString('base64')}`,
    ),
  },
  {
    id: 'preflight-unprotected',
    title: 'takes a GET that speaks of preflight for one',
    level: 'contract',
    behaviour: bypassing(
      (exchange) => requestHeader(exchange, 'access-control-request-method') !== undefined,
    ),
  },
  {
    id: 'alias-encoded-twice',
    title: 'leaves %2575sage.pdf unprotected',
    level: 'contract',
    behaviour: alias(/\/%2575sage\.pdf$/i, '/usage.pdf'),
  },
  {
    id: 'alias-backslash',
    title: 'leaves the path with an encoded backslash unprotected',
    level: 'contract',
    behaviour: alias(/%5cusage\.pdf$/i, '/usage.pdf'),
  },
  {
    id: 'alias-extension-upper',
    title: 'leaves usage.PDF unprotected',
    level: 'contract',
    behaviour: alias(/usage\.PDF$/, 'usage.pdf'),
  },
  {
    id: 'query-lets-in',
    title: 'takes every request with a query for one with a signed address',
    level: 'contract',
    behaviour: bypassing((exchange) => isAnonymous(exchange) && exchange.query.size > 0),
  },
  {
    id: 'head-unprotected',
    title: 'answers HEAD without credentials',
    level: 'contract',
    behaviour: bypassing((exchange) => exchange.method === 'HEAD' && isAnonymous(exchange)),
  },
  {
    id: 'options-unprotected',
    title: 'answers OPTIONS with the report, to anybody',
    level: 'contract',
    behaviour: {
      ...bypassing(({ method }) => method === 'OPTIONS'),
      intercept: (exchange) =>
        exchange.method === 'OPTIONS' ? undefined : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'conditional-unprotected',
    title: 'answers If-None-Match: * with 304 without credentials',
    level: 'http',
    behaviour: {
      intercept: (exchange) =>
        isAnonymous(exchange) && requestHeader(exchange, 'if-none-match') === '*'
          ? response(304, { ETag: '"current"' })
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'known-tag-unprotected',
    title: 'answers a known entity tag with 304 without credentials',
    level: 'http',
    behaviour: {
      intercept: (exchange) => {
        const tag = requestHeader(exchange, 'if-none-match')
        const isKnown = tag !== undefined && exchange.memory.get('tag') === tag
        return isAnonymous(exchange) && isKnown
          ? response(304, { ETag: tag })
          : referenceBehaviour.intercept(exchange)
      },
      represent: (full, { memory }) => {
        memory.set('tag', full.headers.find(([name]) => name === 'ETag')?.[1])
        return full
      },
    },
  },
  {
    id: 'range-unprotected',
    title: 'answers a range without credentials',
    level: 'contract',
    behaviour: bypassing(
      (exchange) => isAnonymous(exchange) && requestHeader(exchange, 'range') !== undefined,
    ),
  },
  {
    id: 'range-unsatisfiable-unprotected',
    title: 'answers an unsatisfiable range with 416 before it asks for credentials',
    level: 'http',
    behaviour: {
      intercept: (exchange) => {
        const first = Number(/^bytes=(\d+)-/.exec(requestHeader(exchange, 'range') ?? '')?.[1] ?? 0)
        const isBeyond = isAnonymous(exchange) && first > 1_000_000
        return isBeyond
          ? response(416, { 'Content-Range': 'bytes */26498' })
          : referenceBehaviour.intercept(exchange)
      },
    },
  },
  {
    id: 'alias-trailing-slash',
    title: 'leaves the path with a trailing slash unprotected',
    level: 'contract',
    behaviour: alias(/\/usage\.pdf\/$/, '/usage.pdf'),
  },
  {
    id: 'alias-double-slash',
    title: 'leaves the path with a doubled slash unprotected',
    level: 'contract',
    behaviour: alias(/\/\/+/, '/'),
  },
  {
    id: 'alias-upper-case',
    title: 'leaves every spelling of usage.pdf with capitals unprotected',
    level: 'contract',
    behaviour: alias(/\/(?:usage\.PDF|USAGE\.(?:PDF|pdf)|[Uu]sage\.Pdf|Usage\.pdf)$/, '/usage.pdf'),
  },
  {
    id: 'alias-encoded',
    title: 'leaves %75sage.pdf unprotected',
    level: 'contract',
    behaviour: alias(/\/%75sage\.pdf$/i, '/usage.pdf'),
  },
  {
    id: 'alias-parameter',
    title: 'leaves usage.pdf;x unprotected',
    level: 'contract',
    behaviour: alias(/\/usage\.pdf;.*$/, '/usage.pdf'),
  },
  {
    id: 'alias-suffix',
    title: 'leaves usage.pdf.json unprotected',
    level: 'contract',
    behaviour: alias(/\/usage\.pdf\.\w+$/, '/usage.pdf'),
  },
  {
    id: 'alias-dot-segment',
    title: 'leaves the path with a dot segment unprotected',
    level: 'contract',
    behaviour: alias(/\/\.(?=\/)/, ''),
  },
  {
    id: 'override-url',
    title: 'serves the path in X-Original-URL without credentials',
    level: 'advice',
    behaviour: {
      ...bypassing((exchange) => requestHeader(exchange, 'x-original-url')?.endsWith(served) === true),
      route: (path) => referenceBehaviour.route(path),
    },
  },
  {
    id: 'override-forwarded-for',
    title: 'trusts whoever claims to come from this machine',
    level: 'advice',
    behaviour: bypassing((exchange) => requestHeader(exchange, 'x-forwarded-for') === '127.0.0.1'),
  },
  {
    id: 'override-user',
    title: 'trusts a user id in a field of its own',
    level: 'advice',
    behaviour: bypassing((exchange) => requestHeader(exchange, 'x-user-id') !== undefined),
  },
  {
    id: 'override-method',
    title: 'skips authentication under X-HTTP-Method-Override',
    level: 'advice',
    behaviour: bypassing((exchange) => requestHeader(exchange, 'x-http-method-override') !== undefined),
  },
])
