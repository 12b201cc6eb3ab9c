import { randomBytes } from 'node:crypto'
import type { Organization } from '../../fixtures/organization.ts'
import { readOrganizations } from '../../fixtures/payload.ts'
import { SetupError } from '../catalogue/check.ts'
import { isWrongToken, type Keyring } from '../credentials/keyring.ts'
import { fetchPublishedKeys, type PublishedKey } from '../credentials/published-keys.ts'
import type { Credentials, RequestSpec } from '../http/request.ts'
import { headerValue } from '../http/response.ts'
import { PdfReader } from '../pdf/pdf-reader.ts'
import type { Profile, ProfileFeature } from '../profile.ts'
import type { Target } from './target.ts'

/** What the run knows about the deployment apart from its answers. */
export class RunContext implements Disposable {
  readonly documents: PdfReader
  readonly profile: Profile
  readonly keyring: Keyring
  readonly base: URL
  readonly unknownWorkspace: string
  readonly #ownsReader: boolean
  #listing: Target
  #organizations: Promise<Organization[]> | undefined
  #outsiders: Promise<Organization[]> | undefined
  #publishedKeys: Promise<PublishedKey[]> | undefined

  /**
   * `listing` asks the JSON list where the profile says that the API is the oracle. A `pdfReader` that is passed in
   * stays open for its owner.
   */
  constructor(profile: Profile, keyring: Keyring, base: URL, listing: Target, pdfReader?: PdfReader) {
    this.documents = pdfReader ?? new PdfReader()
    this.#ownsReader = pdfReader === undefined
    this.profile = profile
    this.keyring = keyring
    this.base = base
    this.#listing = listing
    this.unknownWorkspace = profile.unknownWorkspaceId ?? unknownLike(profile.workspace.id)
  }

  /** Ends the processes that read PDFs, unless they belong to somebody else. */
  [Symbol.dispose](): void {
    if (this.#ownsReader) this.documents[Symbol.dispose]()
  }

  /** What the document must detail. Throws SetupError where it cannot be found out. */
  organizations(): Promise<Organization[]> {
    const source = this.profile.workspace.organizations
    if (!source) throw new SetupError('the profile gives no workspace.organizations')
    if ('list' in source) return Promise.resolve(source.list)
    this.#organizations ??= listOrganizations(this.#listing, this.profile.workspace.id)
    return this.#organizations
  }

  /** Whether the deployment's own list says what the document must detail. */
  get listsOrganizations(): boolean {
    const { organizations: source } = this.profile.workspace
    return source !== undefined && 'api' in source
  }

  /** What the deployment lists now, where it is the oracle. */
  organizationsNow(): Promise<Organization[]> {
    return listOrganizations(this.#listing, this.profile.workspace.id, { fresh: true })
  }

  /** Whether the deployment lists other organizations than at first; undefined where it is not the oracle. */
  async isListChanged(): Promise<boolean | undefined> {
    if (!this.listsOrganizations) return undefined
    return JSON.stringify(await this.organizationsNow()) !== JSON.stringify(await this.organizations())
  }

  /** What may rightly be shown to the outsider: the profile's foreign organizations and, where the API is the oracle, what it lists for them. */
  async outsidersOrganizations(): Promise<Organization[]> {
    const { actors, workspace, foreignOrganizations = [] } = this.profile
    const own = actors.outsider?.workspace
    if (!own || !workspace.organizations || !('api' in workspace.organizations)) return foreignOrganizations
    // Whoever may read no list is known by the profile alone.
    this.#outsiders ??= listOrganizations(this.#listing, own, { as: 'outsider' }).catch(() => [])
    return [...foreignOrganizations, ...(await this.#outsiders)]
  }

  /** An expired token in a list, for checks that can do without: empty where none can be had. */
  async expiredTokens(): Promise<Credentials[]> {
    if (this.whyMissing('expired')) return []
    return this.keyring.wrongToken('expired').then(
      (token) => [token],
      () => [],
    )
  }

  /** The keys at the profile's `jwks`. Throws SetupError where they cannot be had. */
  publishedKeys(): Promise<PublishedKey[]> {
    const { jwks } = this.profile
    if (!jwks) throw new SetupError('the profile gives no jwks')
    this.#publishedKeys ??= fetchPublishedKeys(jwks)
    return this.#publishedKeys
  }

  /** Why a feature is not there, for the reason of a skipped check; undefined where it is. */
  whyMissing(feature: ProfileFeature): string | undefined {
    const { profile, keyring, base } = this
    switch (feature) {
      case 'https':
        return base.protocol === 'https:' ? undefined : 'the base URL is not https'
      case 'loopback':
        return isLoopback(base.hostname)
          ? undefined
          : 'the deployment is not on this machine, so that it could not reach a listener here'
      case 'jwt':
        return keyring.hasJwt ? undefined : "the member's token is no JWT, so no variants of it can be made"
      case 'allOperations':
        return profile.operations === 'all'
          ? undefined
          : 'the profile judges the export alone (operations: all adds its neighbours)'
      case 'organizations':
        return profile.workspace.organizations ? undefined : notGiven('workspace.organizations')
      case 'outsiderWorkspace':
        return profile.actors.outsider?.workspace ? undefined : notGiven('actors.outsider.workspace')
      case 'minting':
      case 'jwks':
      case 'foreignOrganizations':
      case 'emptyWorkspace':
        return profile[feature] ? undefined : notGiven(feature)
      default:
        if (profile.actors[feature] || (isWrongToken(feature) && profile.minting && keyring.hasJwt))
          return undefined
        return isWrongToken(feature)
          ? `the profile gives neither actors.${feature}.token nor minting`
          : notGiven(`actors.${feature}.token`)
    }
  }
}

const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host)

const notGiven = (place: string) => `the profile does not give ${place}`

/** An id of the same shape as a known one, so that nothing but its absence can be the reason for a refusal. */
function unknownLike(id: string): string {
  const [, prefix = ''] = /^([A-Za-z]+_)/.exec(id) ?? []
  const digits = randomBytes(32).toString('hex')
  return prefix + digits.slice(0, Math.max(id.length - prefix.length, 16))
}

const maxPages = 50

async function listOrganizations(
  target: Target,
  workspace: string,
  asked: Pick<RequestSpec, 'as' | 'fresh'> = {},
): Promise<Organization[]> {
  const path = `/workspaces/${encodeURIComponent(workspace)}/organizations`
  const place = 'workspace.organizations: { api: true }'
  // Pages are read together: an organization may stand on another page than the one above it.
  const rows: unknown[] = []
  let query = ''
  for (let page = 0; page < maxPages; page++) {
    const response = await target.request({ ...asked, path, query, headers: { Accept: 'application/json' } })
    if (response.status !== 200)
      throw new SetupError(`${place}: GET ${path} was answered ${response.status}; give { file: … } instead`)
    const payload = parse(
      response.body,
      `${place}: ${headerValue(response, 'content-type') ?? 'no media type'}`,
    )
    const { data, has_more, next_cursor } = payload as Page
    if (!has_more || !Array.isArray(data)) {
      try {
        return readOrganizations(Array.isArray(data) ? [...rows, ...data] : payload, path)
      } catch (error) {
        throw new SetupError(`${place}: ${(error as Error).message}`)
      }
    }
    if (!next_cursor)
      throw new SetupError(
        `${place}: the list has more pages, but names no next_cursor; give { file: … } instead`,
      )
    rows.push(...data)
    query = `after=${encodeURIComponent(next_cursor)}`
  }
  throw new SetupError(`the list of organizations has more than ${maxPages} pages`)
}

interface Page {
  data?: unknown
  has_more?: boolean
  next_cursor?: string
}

function parse(body: Buffer, place: string): object {
  try {
    return JSON.parse(body.toString('utf8')) as object
  } catch {
    throw new SetupError(`${place} is no JSON`)
  }
}
