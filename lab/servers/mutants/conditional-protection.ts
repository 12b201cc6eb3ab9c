import { createHmac, X509Certificate } from 'node:crypto'
import { compactVerify, type JWTPayload } from 'jose'
import { problem, response, withBody, withHeaders, withoutHeaders } from '../answer.ts'
import { type Decoded, decode } from '../authority.ts'
import type { Behaviour } from '../behaviour.ts'
import { Crash } from '../crash.ts'
import { type Exchange, requestHeader } from '../exchange.ts'
import { referenceBehaviour } from '../reference-behaviour.ts'
import { inArea } from './area.ts'
import { alsoJwt, isAnonymous, lettingIn } from './lenient-verification.ts'
import { responding } from './rewritten-responses.ts'

/** Reads other claims than the token has, so that what follows finds nothing wrong with them. */
const reading = (claims: (claims: JWTPayload, exchange: Exchange) => JWTPayload): Partial<Behaviour> => ({
  verify: async (token, exchange) => {
    const decoded = await exchange.authority.verify(token)
    return { ...decoded, claims: { ...decoded.claims, ...claims(decoded.claims, exchange) } }
  },
})

/** Leaves the challenge out of some refusals. */
const unchallenged = (when: (exchange: Exchange) => boolean): Partial<Behaviour> => ({
  refuse: async (refusal, exchange) => {
    const refused = await referenceBehaviour.refuse(refusal, exchange)
    return refused.status === 401 && when(exchange) ? withoutHeaders(refused, 'WWW-Authenticate') : refused
  },
})

/** Lets outsiders read where the condition holds. */
const outsidersWhere = (condition: (exchange: Exchange) => boolean): Partial<Behaviour> => ({
  authorize: (claims, workspace, exchange) => {
    const refusal = referenceBehaviour.authorize(claims, workspace, exchange)
    return refusal === 'forbidden' && condition(exchange) ? undefined : refusal
  },
})

const isOld = ({ request }: Exchange) => request.httpVersion === '1.0'
const accepts = (type: string) => (exchange: Exchange) => requestHeader(exchange, 'accept') === type
const pathLike = (pattern: RegExp, canonical: string): Partial<Behaviour> => ({
  ...lettingIn(({ path }) => pattern.test(path)),
  route: (path) => referenceBehaviour.route(path.replace(pattern, canonical)),
})
const isExpired = ({ token }: Exchange) => Number(decode(token ?? '')?.claims.exp) < Date.now() / 1000

async function isCertified({ header, token }: Decoded & { token: string }): Promise<boolean> {
  const [certificate] = (header.x5c as string[] | undefined) ?? []
  if (!certificate) return false
  const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
  return compactVerify(token, publicKey).then(Boolean, () => false)
}

/** Which workspace was last read over each connection. */
const connectionsIn = ({ memory }: Exchange): WeakMap<object, string> => {
  const known = (memory.get('connections') as WeakMap<object, string> | undefined) ?? new WeakMap()
  memory.set('connections', known)
  return known
}

/** Defects of protection that only some requests meet. */
export const corners = [
  ...inArea('authentication', [
    {
      id: 'login-page-for-browsers',
      title: 'sends browsers without credentials to a page to log in',
      level: 'contract',
      behaviour: responding((response, exchange) =>
        response.status === 401 && requestHeader(exchange, 'accept')?.includes('text/html')
          ? withHeaders(problem(302, 'Found'), { Location: '/login' })
          : response,
      ),
    },
    {
      id: 'head-unverified',
      title: 'looks at no signature where it is asked for the head only',
      level: 'contract',
      behaviour: {
        verify: (token, exchange) =>
          exchange.method === 'HEAD' ? decode(token) : exchange.authority.verify(token),
      },
    },
    {
      id: 'audience-begins-alike',
      title: 'accepts audiences that begin as its own does',
      level: 'contract',
      needs: ['minting'],
      behaviour: reading(({ aud }, { authority }) =>
        String(aud).startsWith(authority.audience) ? { aud: authority.audience } : {},
      ),
    },
    {
      id: 'audience-listed',
      title: 'accepts any list of audiences',
      level: 'contract',
      needs: ['minting'],
      behaviour: reading(({ aud }, { authority }) => (Array.isArray(aud) ? { aud: authority.audience } : {})),
    },
    {
      id: 'issuer-begins-alike',
      title: 'accepts issuers that begin as its own does',
      level: 'contract',
      needs: ['minting'],
      behaviour: reading(({ iss = '' }, { authority }) =>
        iss.startsWith(authority.issuer) ? { iss: authority.issuer } : {},
      ),
    },
    {
      id: 'audience-absent',
      title: 'accepts tokens without an audience',
      level: 'advice',
      needs: ['minting'],
      behaviour: reading(({ aud }, { authority }) => (aud === undefined ? { aud: authority.audience } : {})),
    },
    {
      id: 'expiry-text',
      title: 'takes an expiry that is no number for none',
      level: 'contract',
      needs: ['minting'],
      behaviour: reading(({ exp }) => (typeof exp === 'string' ? { exp: 9_999_999_999 } : {})),
    },
    {
      id: 'subject-number-500',
      title: 'fails on a subject that is no text',
      level: 'contract',
      needs: ['minting'],
      behaviour: reading(({ sub }) => {
        if (sub !== undefined && typeof sub !== 'string') throw new Crash('the subject was not expected')
        return {}
      }),
    },
    {
      id: 'token-certificate',
      title: 'trusts the certificate that a token brings along',
      level: 'contract',
      algorithm: 'ES256',
      behaviour: { verify: alsoJwt(isCertified) },
    },
    {
      id: 'token-alg-unknown',
      title: 'lets tokens through whose algorithm it does not know',
      level: 'contract',
      behaviour: { verify: alsoJwt(({ header }) => !/^(?:none|[HREP]S\d+)$/i.test(String(header.alg))) },
    },
    {
      id: 'token-alg-none-bare',
      title: 'accepts alg "none" where the header has nothing else',
      level: 'contract',
      behaviour: {
        verify: alsoJwt(({ header }) => header.alg === 'none' && Object.keys(header).length === 1),
      },
    },
    {
      id: 'token-alg-confusion-hs512',
      title: 'takes the published key for a shared secret, under HS512',
      level: 'contract',
      algorithm: 'RS256',
      needs: ['jwks'],
      behaviour: {
        verify: alsoJwt(({ token, header, signature }, { authority }) => {
          const signed = token.split('.').slice(0, 2).join('.')
          const mac = createHmac('sha512', authority.publicPem ?? '').update(signed)
          return header.alg === 'HS512' && mac.digest('base64url') === signature
        }),
      },
    },
    {
      id: 'token-four-parts',
      title: 'reads the first three parts of a token and no more',
      level: 'contract',
      behaviour: {
        verify: (token, { authority }) => authority.verify(token.split('.').slice(0, 3).join('.')),
      },
    },
    {
      id: 'token-claims-null-500',
      title: 'fails on claims that are null',
      level: 'contract',
      behaviour: {
        verify: (token, { authority }) => {
          const [, claims = ''] = token.split('.')
          if (Buffer.from(claims, 'base64url').toString() === 'null') throw new Crash('no claims')
          return authority.verify(token)
        },
      },
    },
    {
      id: 'scheme-basic-password',
      title: 'takes the password of Basic for a token',
      level: 'contract',
      behaviour: {
        credentials: (request, exchange) => {
          const basic = /^Basic (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
          const password = Buffer.from(basic ?? '', 'base64')
            .toString()
            .split(':')[1]
          return password || referenceBehaviour.credentials(request, exchange)
        },
      },
    },
    {
      id: 'authorization-blank',
      title: 'takes an empty Authorization field for its own gateway',
      level: 'contract',
      behaviour: lettingIn(({ request }) => request.headers.authorization === ''),
    },
    {
      id: 'old-client-unprotected',
      title: 'asks clients of HTTP/1.0 for no credentials',
      level: 'contract',
      behaviour: lettingIn((exchange) => isOld(exchange) && isAnonymous(exchange)),
    },
    {
      id: 'preflight-unprotected',
      title: 'takes a GET that speaks of preflight for one',
      level: 'contract',
      behaviour: lettingIn(
        (exchange) => requestHeader(exchange, 'access-control-request-method') !== undefined,
      ),
    },
    {
      id: 'alias-encoded-twice',
      title: 'leaves %2575sage.pdf unprotected',
      level: 'contract',
      behaviour: pathLike(/\/%2575sage\.pdf$/i, '/usage.pdf'),
    },
    {
      id: 'alias-backslash',
      title: 'leaves the path with an encoded backslash unprotected',
      level: 'contract',
      behaviour: pathLike(/%5cusage\.pdf$/i, '/usage.pdf'),
    },
    {
      id: 'expired-not-modified',
      title: 'answers conditions before it looks whether the token has expired',
      level: 'http',
      behaviour: {
        refuse: (refusal, exchange) =>
          refusal === 'rejected' && requestHeader(exchange, 'if-none-match') && isExpired(exchange)
            ? response(304)
            : referenceBehaviour.refuse(refusal, exchange),
      },
    },
    {
      id: 'challenge-absent-head',
      title: 'challenges nobody who asks for the head only',
      level: 'http',
      behaviour: unchallenged(({ method }) => method === 'HEAD'),
    },
    {
      id: 'challenge-absent-expired',
      title: 'challenges nobody whose token has expired',
      level: 'http',
      behaviour: unchallenged(isExpired),
    },
    {
      id: 'challenge-unquoted',
      title: 'describes the error in words without quotes',
      level: 'http',
      behaviour: {
        refuse: async (refusal, exchange) => {
          const refused = await referenceBehaviour.refuse(refusal, exchange)
          const challenge = 'Bearer error=invalid_token, error_description=The token expired'
          return refusal === 'rejected' ? withHeaders(refused, { 'WWW-Authenticate': challenge }) : refused
        },
      },
    },
    {
      id: 'token-in-its-answer',
      title: 'repeats the token in a field of the report',
      level: 'advice',
      behaviour: { represent: (full, { token = '' }) => withHeaders(full, { 'X-Debug-Token': token }) },
    },
  ]),
  ...inArea('tenancy', [
    {
      id: 'outsider-json',
      title: 'asks for no membership where JSON is accepted',
      level: 'contract',
      needs: ['outsider'],
      behaviour: outsidersWhere(accepts('application/json')),
    },
    {
      id: 'outsider-old-client',
      title: 'asks clients of HTTP/1.0 for no membership',
      level: 'contract',
      needs: ['outsider'],
      behaviour: outsidersWhere(isOld),
    },
    {
      id: 'outsider-claims-role',
      title: 'lets in who claims to be an administrator',
      level: 'contract',
      needs: ['outsider'],
      behaviour: outsidersWhere((exchange) => requestHeader(exchange, 'x-role') === 'admin'),
    },
    {
      id: 'link-elsewhere',
      title: 'links to the workspace of somebody else',
      level: 'contract',
      needs: ['outsider', 'foreign'],
      behaviour: responding((response, { world }) =>
        withHeaders(response, { Link: `</workspaces/${world.foreign.id}/organizations>; rel="up"` }),
      ),
    },
    {
      id: 'head-tells-hidden',
      title: 'hides workspaces behind 404, but not from HEAD',
      level: 'contract',
      needs: ['outsider'],
      behaviour: {
        refuse: (refusal, exchange) =>
          refusal === 'forbidden' && exchange.method !== 'HEAD'
            ? problem(404, 'Not Found')
            : referenceBehaviour.refuse(refusal, exchange),
      },
    },
    {
      id: 'outsider-kept-connection',
      title: 'lets anybody read over a connection that a member read over',
      level: 'contract',
      needs: ['outsider'],
      behaviour: {
        authorize: (claims, workspace, exchange) => {
          const { socket } = exchange.request
          const connections = connectionsIn(exchange)
          const refusal = referenceBehaviour.authorize(claims, workspace, exchange)
          if (!refusal && workspace) connections.set(socket, workspace.id)
          return refusal === 'forbidden' && connections.get(socket) === workspace?.id ? undefined : refusal
        },
      },
    },
    {
      id: 'query-last-wins',
      title: 'reports on the last workspace that the query names, if it names several',
      level: 'contract',
      needs: ['outsider', 'foreign'],
      behaviour: {
        find: (id, exchange) => {
          const named = exchange.query.getAll('workspaceId')
          const own = referenceBehaviour.find(id, exchange)
          const last = Object.values(exchange.world).find((one) => one.id === named.at(-1))
          return own && last && named.length > 1 ? { ...last, members: own.members } : own
        },
      },
    },
    {
      id: 'id-wildcard',
      title: 'looks ids up by LIKE',
      level: 'contract',
      behaviour: {
        find: (id, exchange) =>
          id.includes('%25') ? exchange.world.own : referenceBehaviour.find(id, exchange),
      },
    },
    {
      id: 'unknown-suggests',
      title: 'suggests the organizations of others where a workspace is unknown',
      level: 'contract',
      needs: ['organizations', 'foreign'],
      behaviour: {
        refuse: (refusal, { world }) => {
          const names = world.foreign.organizations.map(({ name }) => name)
          const suggestion = withBody(problem(404, 'Not Found'), JSON.stringify({ near: names }))
          return refusal === 'unknown' ? suggestion : referenceBehaviour.refuse(refusal, {} as Exchange)
        },
      },
    },
    {
      id: 'tag-of-any-workspace',
      title: 'answers 304 to the entity tag of any workspace',
      level: 'http',
      needs: ['outsider'],
      behaviour: {
        select: (full, exchange) => {
          const tags = (exchange.memory.get('tags') as Set<string> | undefined) ?? new Set<string>()
          exchange.memory.set('tags', tags.add(full.headers.find(([name]) => name === 'ETag')?.[1] ?? ''))
          const isKnown = tags.has(requestHeader(exchange, 'if-none-match') ?? '-')
          return isKnown
            ? { ...full, status: 304, body: Buffer.alloc(0) }
            : referenceBehaviour.select(full, exchange)
        },
      },
    },
    {
      id: 'hidden-options',
      title: 'hides workspaces, but not from OPTIONS',
      level: 'advice',
      needs: ['outsider', 'hiding'],
      outsider: 404,
      behaviour: {
        refuse: (refusal, exchange) =>
          referenceBehaviour.refuse(refusal === 'forbidden' ? 'unknown' : refusal, exchange),
        intercept: (exchange) => {
          const { workspaceId = '' } = referenceBehaviour.route(exchange.path) ?? {}
          const isUnknown = exchange.method === 'OPTIONS' && !referenceBehaviour.find(workspaceId, exchange)
          return isUnknown ? problem(404, 'Not Found') : referenceBehaviour.intercept(exchange)
        },
      },
    },
    {
      id: 'comment-foreign',
      title: 'leaves names of another tenant in a comment of the file',
      level: 'contract',
      needs: ['foreign'],
      behaviour: {
        file: (pdf, { world, workspace }) => {
          const [one] = world.foreign.organizations
          return workspace === world.own
            ? Buffer.concat([pdf, Buffer.from(`% made after ${one!.name}\n%%EOF\n`)])
            : pdf
        },
      },
    },
    {
      id: 'outline-foreign',
      title: 'keeps a bookmark of another tenant',
      level: 'contract',
      needs: ['foreign'],
      behaviour: {
        layout: (sheet, content) => {
          referenceBehaviour.layout(sheet, content)
          sheet.document.outline.addItem('Gyrfalcon Reinsurance')
        },
      },
    },
  ]),
]
