import { exportJWK, generateKeyPair } from 'jose'
import type { Organization } from '../../../fixtures/organization.ts'
import type { Operation } from '../../../spec/operation.ts'
import { readBaseUrl } from '../../base-url.ts'
import { drawReport } from '../../catalogue/mutations/plain-report.ts'
import { readingOperations } from '../../catalogue/probes/neighbours.ts'
import { usageExport } from '../../operations/usage-export.ts'
import type { Profile } from '../../profile.ts'
import type { CheckResult } from '../../results/report.ts'
import { type RunOptions, runSuite } from '../run.ts'
import { InMemoryDeployment } from './in-memory-deployment.ts'
import { OfflineSecrets } from './offline-secrets.ts'

export interface PlannedCheck extends Pick<CheckResult, 'id' | 'area' | 'title' | 'level'> {
  /** `blocked`: it is to run, but what it needs cannot be had. */
  plan: 'run' | 'skip' | 'blocked'
  /** Empty where it runs. */
  reason: string
  /** The requests it needs; one that several checks share is sent once. */
  questions: number
}

/** What a run would do if the deployment had every optional feature that checks look for. */
export interface Plan {
  target: string
  /** Sent over the network, the controls before and after included. */
  requests: number
  /** Those of them for which a deployment without a cache renders the document. */
  renderings: number
  /** The least that it takes at the given rate. */
  seconds: number
  /** Why nothing could be decided; absent where the run can start. */
  problem?: string
  /** Places in the profile whose secret comes from a command or a token endpoint: assumed to be valid JWTs or keys. */
  assumed: string[]
  checks: PlannedCheck[]
}

/** Runs the suite against a deployment in memory, and counts the requests that it sends there. */
export async function planSuite(profile: Profile, options: RunOptions): Promise<Plan> {
  const { operation = usageExport } = options
  const { base } = readBaseUrl(options.baseUrl)
  const secrets = new OfflineSecrets(profile)
  const { workspace, emptyWorkspace, actors } = profile
  const own = [workspace.id, ...(emptyWorkspace ? [emptyWorkspace.id] : [])]
  const organizations = workspace.organizations
  const list = organizations && 'list' in organizations ? organizations.list : [placeholder]
  const deployment = new InMemoryDeployment({
    operation,
    prefix: new URL(base).pathname.replace(/\/$/, ''),
    identify: async (authorization = '') =>
      secrets.actorOf(/^bearer +(\S+)$/i.exec(authorization)?.[1] ?? ''),
    access: new Map([
      ['member', own],
      ['outsider', [actors.outsider?.workspace ?? []].flat()],
      ['unprivileged', []],
    ]),
    document: drawReport(list, ['Usage report']),
    list: Buffer.from(JSON.stringify({ data: list, has_more: false })),
    neighbours: profile.operations === 'all' ? (await readingOperations()).map(pathPattern) : [],
  })
  const unlimited = {
    ...profile,
    limits: { ...profile.limits, rate: Number.POSITIVE_INFINITY },
    ...(profile.jwks && { jwks: await generatedKeys() }),
  }
  const report = await runSuite(unlimited, {
    ...options,
    transport: deployment,
    readSecret: secrets.read,
    repeatsReasons: true,
  })
  const { requests, renderings } = deployment
  return {
    target: base,
    requests,
    renderings,
    seconds: Math.ceil(requests / profile.limits.rate),
    ...(report.problem && { problem: report.problem }),
    assumed: secrets.assumed,
    checks: report.checks.map(planned),
  }
}

/** The one organization of a deployment whose own list would be the oracle. */
const placeholder: Organization = {
  id: 'org_one',
  name: 'One',
  parent_org_id: null,
  depth: 0,
  usage: { usage: { users: 1 }, subtree_usage: { users: 1 } },
  limits: {},
}

const pathPattern = ({ path }: Operation) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/?]+')}(\\?|$)`)

/** A JWK set as a data URL, which is fetched without a request. */
async function generatedKeys(): Promise<string> {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true })
  const set = { keys: [await exportJWK(publicKey)] }
  return `data:application/json,${encodeURIComponent(JSON.stringify(set))}`
}

/** Outcomes in memory say nothing about the deployment, except what stops a check before its first response. */
function planned({ id, area, title, level, outcome, reason, evidence }: CheckResult): PlannedCheck {
  const plan = outcome === 'skipped' ? 'skip' : outcome === 'cantTell' ? 'blocked' : 'run'
  return { id, area, title, level, plan, reason: plan === 'run' ? '' : reason, questions: evidence.length }
}
