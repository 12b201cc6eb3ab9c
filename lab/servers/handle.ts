import { invalidClaims } from './authority.ts'
import type { Behaviour, Refusal } from './behaviour.ts'
import { Crash } from './crash.ts'
import type { Exchange } from './exchange.ts'
import { reportHeaders } from './reference-behaviour.ts'
import { contentOf } from './report/content.ts'
import { draw } from './report/draw.ts'
import { style } from './report/style.ts'
import { problem, response, type ServedResponse } from './response.ts'

/** The response of the given behaviour to one request. */
export async function handle(behaviour: Behaviour, exchange: Exchange): Promise<ServedResponse> {
  return behaviour.respond(await decide(behaviour, exchange).catch(toServerError), exchange)
}

function toServerError(error: unknown): ServedResponse {
  if (error instanceof Crash) return problem(500, 'Internal Server Error')
  throw error
}

async function decide(behaviour: Behaviour, exchange: Exchange): Promise<ServedResponse> {
  const intercepted = await behaviour.intercept(exchange)
  if (intercepted) return intercepted
  if (exchange.path === '/.well-known/jwks.json') {
    return response(
      200,
      { 'Content-Type': 'application/jwk-set+json' },
      JSON.stringify(await exchange.authority.jwks()),
    )
  }
  const refusal = await authenticate(behaviour, exchange)
  if (refusal) return behaviour.refuse(refusal, exchange)
  return serve(behaviour, exchange)
}

/** Undefined if the token is accepted: the exchange has its claims then. */
async function authenticate(behaviour: Behaviour, exchange: Exchange): Promise<Refusal | undefined> {
  const token = behaviour.credentials(exchange.request, exchange)
  if (token === undefined) return 'missing'
  exchange.token = token
  const decoded = await verify(behaviour, token, exchange)
  if (!decoded) return 'rejected'
  const invalid = invalidClaims(decoded, exchange.authority).filter(
    (claim) => !behaviour.ignoredClaims.includes(claim),
  )
  if (invalid.length > 0) return 'rejected'
  exchange.claims = decoded.claims
  return undefined
}

async function verify(behaviour: Behaviour, token: string, exchange: Exchange) {
  try {
    return await behaviour.verify(token, exchange)
  } catch (error) {
    if (error instanceof Crash) throw error
    return undefined
  }
}

async function serve(behaviour: Behaviour, exchange: Exchange): Promise<ServedResponse> {
  const route = behaviour.route(exchange.path)
  if (!route) return behaviour.refuse('unknown', exchange)
  const workspace = behaviour.find(route.workspaceId, exchange)
  const refusal = behaviour.authorize(exchange.claims ?? {}, workspace, exchange)
  if (refusal || !workspace) return behaviour.refuse(refusal ?? 'unknown', exchange)
  exchange.workspace = workspace
  if (route.resource === 'organizations') {
    const list = { data: behaviour.organizations(workspace.organizations, exchange), has_more: false }
    return response(
      200,
      { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
      JSON.stringify(list),
    )
  }
  const file = await behaviour.file(await render(behaviour, exchange), exchange)
  const full = response(200, reportHeaders(file, workspace.name, workspace.asOf), file)
  const represented = await behaviour.represent(full, exchange)
  // Conditions and ranges are about what succeeds (RFC 9110 §13.2.1).
  return represented.status < 300 ? behaviour.select(represented, exchange) : represented
}

/** Each content is rendered once: the same content gives the same bytes. */
async function render(behaviour: Behaviour, exchange: Exchange): Promise<Buffer> {
  const content = behaviour.content(contentOf(exchange.workspace!), exchange)
  const key = `pdf ${JSON.stringify(content)}`
  const made = exchange.memory.get(key) as Promise<Buffer> | undefined
  if (made) return made
  const { layout, options } = behaviour
  const drawn = draw(content, { layout, options, style: { ...style, ...behaviour.style } })
  exchange.memory.set(key, drawn)
  return drawn
}
