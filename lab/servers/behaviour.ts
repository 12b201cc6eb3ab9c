import type { IncomingMessage } from 'node:http'
import type { JWTPayload } from 'jose'
import type { Organization } from '../../fixtures/organization.ts'
import type { ClaimName, Decoded } from './authority.ts'
import type { Exchange } from './exchange.ts'
import type { Layout } from './report/blocks.ts'
import type { Content } from './report/content.ts'
import type { Style } from './report/style.ts'
import type { ServedResponse } from './response.ts'
import type { SeedData, Workspace } from './seed-data.ts'

type Eventually<T> = T | Promise<T>

/** The part of a path that a deployment serves. */
export interface Route {
  workspaceId: string
  resource: 'usage.pdf' | 'organizations'
}

/** Why a request is refused. `missing` and `rejected` concern the token, the others the workspace. */
export type Refusal = 'missing' | 'rejected' | 'forbidden' | 'unprivileged' | 'unknown'

/**
 * The hooks of a deployment, in the order in which they are called for a request. A declaration replaces some of them;
 * the others are those of the reference behaviour, which each hook may call.
 */
export interface Behaviour {
  /** Called once, at the start. */
  seedData(seedData: SeedData): SeedData
  /** Responds before authentication; undefined lets the request pass. */
  intercept(exchange: Exchange): Eventually<ServedResponse | undefined>
  /** The token; undefined if the request has no credentials, empty if they are no bearer token. */
  credentials(request: IncomingMessage, exchange: Exchange): string | undefined
  /** Throws or returns undefined if the token's form, signature or header is not acceptable. */
  verify(token: string, exchange: Exchange): Eventually<Decoded | undefined>
  /** Claims that are not validated. */
  ignoredClaims: ClaimName[]
  /** Undefined if nothing is served at this path. */
  route(path: string): Route | undefined
  find(workspaceId: string, exchange: Exchange): Workspace | undefined
  /** Undefined grants access. */
  authorize(claims: JWTPayload, workspace: Workspace | undefined, exchange: Exchange): Refusal | undefined
  refuse(refusal: Refusal, exchange: Exchange): Eventually<ServedResponse>
  /** The JSON list; the report is made from `content`. */
  organizations(organizations: Organization[], exchange: Exchange): Organization[]
  content(content: Content, exchange: Exchange): Content
  layout: Layout
  style: Partial<Style>
  options: PDFKit.PDFDocumentOptions
  /** The finished PDF, or the bytes that are sent instead. */
  file(pdf: Buffer, exchange: Exchange): Eventually<Buffer>
  /** The full 200 response, before conditions and ranges apply to it. */
  represent(full: ServedResponse, exchange: Exchange): Eventually<ServedResponse>
  /** Applies conditions and ranges. */
  select(full: ServedResponse, exchange: Exchange): ServedResponse
  /** Called last, for every response. */
  respond(response: ServedResponse, exchange: Exchange): Eventually<ServedResponse>
  /** The chunks to write to the socket before it is closed; undefined sends the response through Node. */
  wire(
    response: ServedResponse,
    exchange: Exchange,
  ): Iterable<Buffer | string> | AsyncIterable<Buffer | string> | undefined
}
