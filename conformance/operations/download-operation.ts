import type { Organization } from '../../fixtures/organization.ts'
import type { paths } from '../../spec/openapi.d.ts'
import type { DocumentedResponse } from '../../spec/operation.ts'
import type { Source } from '../catalogue/sources.ts'
import type { Expectation } from '../pdf/judge/judge.ts'
import type { Profile } from '../profile.ts'

/** The statuses that checks of a download cover. */
export type DownloadStatus = 200 | 401 | 403 | 404

/** The paths of the contract whose GET documents all of these, and as 200 a body of the media type. */
type DownloadPath<M extends string> = {
  [P in keyof paths]: paths[P] extends {
    get: { responses: Record<DownloadStatus, unknown> & { 200: { content: Record<M, unknown> } } }
  }
    ? P
    : never
}[keyof paths]

/** What distinguishes one download from another; the compiler holds path and media type to the contract. */
export interface DownloadDescriptor<M extends string> {
  path: DownloadPath<M> & `${string}{workspaceId}${string}`
  mediaType: M
  /** The operation that lists what the body must detail, where the profile gives `organizations: { api: true }`. */
  listPath: keyof paths & `${string}{workspaceId}${string}`
  /** The document that says what a body must show: checks cite it as `report#anchor`. */
  statements: 'report'
  /** What a body must show of these organizations, as the judge takes it. */
  expectationOf(profile: Profile, organizations: Organization[]): Expectation
}

/** A download that the suite judges. Areas of checks, the engine and the plan are built from one of these. */
export interface DownloadOperation extends Omit<DownloadDescriptor<string>, 'path'> {
  /** The template of the contract. */
  path: string
  /** The last segment of the path. */
  fileName: string
  /** The path for a workspace, the id percent-encoded. */
  pathOf(workspaceId: string): string
  /** The path with this in the place of the id, byte for byte. */
  pathWithSegment(segment: string): string
  /** The path of the list of what the body must detail, the id percent-encoded. */
  listPathOf(workspaceId: string): string
  /** The documented responses with these statuses, for `covers`. */
  documented(...statuses: DownloadStatus[]): DocumentedResponse[]
  /** A place in the contract's description of the operation, as JSON pointer (RFC 6901). */
  inContract(place?: `/${string}`): Source
}

export function defineDownload<M extends string>(descriptor: DownloadDescriptor<M>): DownloadOperation {
  const { path, listPath } = descriptor
  const fill = (template: string, segment: string) => template.replace('{workspaceId}', () => segment)
  return {
    ...descriptor,
    fileName: path.slice(path.lastIndexOf('/') + 1),
    pathOf: (workspaceId) => fill(path, encodeURIComponent(workspaceId)),
    pathWithSegment: (segment) => fill(path, segment),
    listPathOf: (workspaceId) => fill(listPath, encodeURIComponent(workspaceId)),
    documented: (...statuses) => statuses.map((status) => `GET ${path} ${status}` as DocumentedResponse),
    inContract: (place) => `openapi#/paths/${path.replaceAll('/', '~1')}/get${place ?? ''}`,
  }
}
