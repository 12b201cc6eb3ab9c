import { randomBytes } from 'node:crypto'
import type { Organization } from '../../fixtures/organization.ts'
import type { Keyring } from '../credentials/keyring.ts'
import { fetchPublishedKeys, type PublishedKey } from '../credentials/published-keys.ts'
import type { Credentials } from '../http/request.ts'
import type { DownloadOperation } from '../operations/download-operation.ts'
import { PdfReader } from '../pdf/pdf-reader.ts'
import type { Profile, ProfileFeature } from '../profile.ts'
import { SetupError } from '../setup-error.ts'
import { isSteady } from './is-steady.ts'
import { listOrganizations } from './list-organizations.ts'
import { whyMissing } from './missing-feature.ts'
import type { Target } from './target.ts'

export interface RunContextOptions {
  profile: Profile
  operation: DownloadOperation
  keyring: Keyring
  base: URL
  /** Sends the requests of the run that belong to no check. */
  target: Target
  /** Reads the PDFs of several runs; stays open for its owner. Default: one of this run's own. */
  pdfReader?: PdfReader
}

/** What a run knows about the deployment apart from its responses. */
export class RunContext implements Disposable {
  readonly documents: PdfReader
  readonly profile: Profile
  readonly operation: DownloadOperation
  readonly keyring: Keyring
  readonly base: URL
  /** Well-formed, and of no workspace. */
  readonly unknownWorkspace: string
  readonly #ownsReader: boolean
  #target: Target
  #organizations: Promise<Organization[]> | undefined
  #outsiders: Promise<Organization[]> | undefined
  #publishedKeys: Promise<PublishedKey[]> | undefined
  #isSteady: Promise<boolean> | undefined

  constructor({ profile, operation, keyring, base, target, pdfReader }: RunContextOptions) {
    this.documents = pdfReader ?? new PdfReader()
    this.#ownsReader = pdfReader === undefined
    this.profile = profile
    this.operation = operation
    this.keyring = keyring
    this.base = base
    this.#target = target
    this.unknownWorkspace = profile.unknownWorkspaceId ?? unknownLike(profile.workspace.id)
  }

  /** Ends the processes that read PDFs, unless they belong to somebody else. */
  [Symbol.dispose](): void {
    if (this.#ownsReader) this.documents[Symbol.dispose]()
  }

  /** What the document must detail. Throws SetupError where that cannot be found out. */
  organizations(): Promise<Organization[]> {
    const source = this.profile.workspace.organizations
    if (!source) throw new SetupError('the profile gives no workspace.organizations')
    if ('list' in source) return Promise.resolve(source.list)
    this.#organizations ??= this.#list(this.profile.workspace.id)
    return this.#organizations
  }

  /** Whether the deployment's own list says what the document must detail. */
  get listsOrganizations(): boolean {
    const { organizations: source } = this.profile.workspace
    return source !== undefined && 'api' in source
  }

  /** What the deployment lists now, where its list is the oracle. */
  organizationsNow(): Promise<Organization[]> {
    return this.#list(this.profile.workspace.id, { fresh: true })
  }

  /** Whether the deployment lists other organizations than at first; undefined where its list is not the oracle. */
  async isListChanged(): Promise<boolean | undefined> {
    if (!this.listsOrganizations) return undefined
    return JSON.stringify(await this.organizationsNow()) !== JSON.stringify(await this.organizations())
  }

  /** What the outsider may see: the profile's foreign organizations, and what the API lists for the outsider. */
  async outsidersOrganizations(): Promise<Organization[]> {
    const { actors, foreignOrganizations = [] } = this.profile
    const own = actors.outsider?.workspace
    if (!own || !this.listsOrganizations) return foreignOrganizations
    // An outsider who may not read the list is described by the profile alone.
    this.#outsiders ??= this.#list(own, { as: 'outsider' }).catch(() => [])
    return [...foreignOrganizations, ...(await this.#outsiders)]
  }

  /** A list of one expired token, for checks that can do without one: empty where there is none. */
  async expiredTokens(): Promise<Credentials[]> {
    if (this.whyMissing('expired')) return []
    return this.keyring.wrongToken('expired').then(
      (token) => [token],
      () => [],
    )
  }

  /** The keys at the profile's `jwks`. Throws SetupError where they cannot be fetched. */
  publishedKeys(): Promise<PublishedKey[]> {
    const { jwks } = this.profile
    if (!jwks) throw new SetupError('the profile gives no jwks')
    this.#publishedKeys ??= fetchPublishedKeys(jwks)
    return this.#publishedKeys
  }

  /** Whether equal requests are given the same document with the same tags; found out where it is needed first. */
  isDocumentSteady(): Promise<boolean> {
    this.#isSteady ??= isSteady(this.#target)
    return this.#isSteady
  }

  /** Why a feature is missing, as the reason of a skipped check; undefined where it is there. */
  whyMissing(feature: ProfileFeature): string | undefined {
    return whyMissing(feature, this.profile, this.keyring, this.base)
  }

  #list(workspace: string, sender: Parameters<typeof listOrganizations>[1] = {}): Promise<Organization[]> {
    const path = this.operation.listPathOf(workspace)
    return listOrganizations({ target: this.#target, base: this.base, path }, sender)
  }
}

/** An id of the same shape as a known one: the only reason to refuse it is that it does not exist. */
function unknownLike(id: string): string {
  const [, prefix = ''] = /^([A-Za-z]+_)/.exec(id) ?? []
  const digits = randomBytes(32).toString('hex')
  return prefix + digits.slice(0, Math.max(id.length - prefix.length, 16))
}
