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

/** Why nothing is served. `missing` and `rejected` speak of the token, the others of the workspace. */
export type Refusal = 'missing' | 'rejected' | 'forbidden' | 'unprivileged' | 'unknown'

/**
 * Everything that makes up a deployment, in the order in which it takes part in an answer. A declaration
 * replaces some of it; the rest is the baseline's, which each hook may call.
 */
export interface Behaviour {
  seedData(seedData: SeedData): SeedData
  /** Answers before anything has looked at the request; undefined lets it pass. */
  intercept(exchange: Exchange): Eventually<ServedResponse | undefined>
  /** Undefined where the request brings no credentials. */
  credentials(request: IncomingMessage, exchange: Exchange): string | undefined
  /** Throws, or gives undefined, where a token's form, signature or header is not acceptable. */
  verify(token: string, exchange: Exchange): Eventually<Decoded | undefined>
  ignoredClaims: ClaimName[]
  route(path: string): Route | undefined
  find(workspaceId: string, exchange: Exchange): Workspace | undefined
  /** Undefined grants. */
  authorize(claims: JWTPayload, workspace: Workspace | undefined, exchange: Exchange): Refusal | undefined
  refuse(refusal: Refusal, exchange: Exchange): Eventually<ServedResponse>
  /** What the JSON list and the report are made from. */
  organizations(organizations: Organization[], exchange: Exchange): Organization[]
  content(content: Content, exchange: Exchange): Content
  layout: Layout
  style: Partial<Style>
  options: PDFKit.PDFDocumentOptions
  /** The finished document, or whatever is sent in its place. */
  file(pdf: Buffer, exchange: Exchange): Eventually<Buffer>
  /** The whole 200 answer before conditions and ranges apply to it. */
  represent(full: ServedResponse, exchange: Exchange): Eventually<ServedResponse>
  /** Conditions and ranges. */
  select(full: ServedResponse, exchange: Exchange): ServedResponse
  /** The last word on every answer. */
  respond(response: ServedResponse, exchange: Exchange): Eventually<ServedResponse>
  /** Takes over the socket: the chunks to write before it is closed. Undefined leaves the answer to node. */
  wire(
    response: ServedResponse,
    exchange: Exchange,
  ): Iterable<Buffer | string> | AsyncIterable<Buffer | string> | undefined
}
