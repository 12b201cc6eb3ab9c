import { createHash } from 'node:crypto'
import type { Behaviour } from './behaviour.ts'
import { select } from './conditional.ts'
import { blocks } from './report/blocks.ts'
import { problem, response, withHeaders } from './response.ts'
import { scope } from './seed-data.ts'

export const challenge = 'Bearer realm="usage"'

/** A deployment that conforms in every respect. */
export const referenceBehaviour: Behaviour = {
  seedData: (seedData) => seedData,
  intercept: (exchange) => {
    if (exchange.method === 'OPTIONS') return preflight
    if (exchange.method === 'GET' || exchange.method === 'HEAD') return undefined
    return problem(405, 'Method Not Allowed', { Allow: allowed })
  },
  credentials: ({ headersDistinct }) => {
    const headers = headersDistinct.authorization ?? []
    if (headers.length === 0) return undefined
    return headers.length === 1 ? (/^Bearer +([^\s]+) *$/i.exec(headers[0]!)?.[1] ?? '') : ''
  },
  verify: (token, { authority }) => authority.verify(token),
  ignoredClaims: [],
  route: (path) => {
    const [, id, pdf] = /^\/workspaces\/([^/]+)\/organizations(\/usage\.pdf)?$/.exec(path) ?? []
    return id === undefined ? undefined : { workspaceId: id, resource: pdf ? 'usage.pdf' : 'organizations' }
  },
  find: (workspaceId, { seedData }) => {
    const id = decoded(workspaceId)
    return Object.values(seedData).find((workspace) => workspace.id === id)
  },
  authorize: (claims, workspace) => {
    if (!workspace) return 'unknown'
    if (!workspace.members.includes(String(claims.sub))) return 'forbidden'
    return String(claims.scope).split(' ').includes(scope) ? undefined : 'unprivileged'
  },
  refuse: (refusal) => {
    if (refusal === 'missing') return problem(401, 'Unauthorized', { 'WWW-Authenticate': challenge })
    if (refusal === 'rejected') {
      return problem(401, 'Unauthorized', { 'WWW-Authenticate': `${challenge}, error="invalid_token"` })
    }
    if (refusal === 'unknown') return problem(404, 'Not Found')
    if (refusal === 'forbidden') return problem(403, 'Forbidden')
    const insufficientScope = `${challenge}, error="insufficient_scope", scope="${scope}"`
    return problem(403, 'Forbidden', { 'WWW-Authenticate': insufficientScope })
  },
  organizations: (organizations) => organizations,
  content: (content) => content,
  layout: blocks,
  style: {},
  options: {},
  file: (pdf) => pdf,
  represent: (full) => full,
  select: (full, exchange) => select(full, exchange),
  respond: (response) => withHeaders(response, shared),
  wire: () => undefined,
}

const allowed = 'GET, HEAD, OPTIONS'

const preflight = response(204, {
  Allow: allowed,
  'Access-Control-Allow-Methods': allowed,
  'Access-Control-Allow-Headers': 'Authorization, If-None-Match, Range',
  'Access-Control-Max-Age': '600',
})

/** Every origin is allowed: without the token, which no other page has, scripts read nothing. */
const shared = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Content-Disposition, ETag',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

/** The headers of the report's 200 response. */
export function reportHeaders(pdf: Buffer, workspaceName: string, asOf: string): Record<string, string> {
  const name = workspaceName.toLowerCase().replaceAll(' ', '-')
  return {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="${name}-use-${asOf.slice(0, 10)}.pdf"`,
    ETag: `"${createHash('sha256').update(pdf).digest('base64url').slice(0, 22)}"`,
    'Cache-Control': 'private, no-cache',
    Vary: 'Authorization',
    'Accept-Ranges': 'bytes',
  }
}

function decoded(id: string): string | undefined {
  try {
    return decodeURIComponent(id)
  } catch {
    return undefined
  }
}
