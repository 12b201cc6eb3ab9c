import { request } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { Running } from './deployment.ts'
import type { DeploymentProfile } from './profile.ts'

export interface ProbeRequest {
  method?: string
  /** Whose token is sent: an actor's name, a token, or null for none. Default: the member's. */
  as?: keyof DeploymentProfile['actors'] | { token: string } | null
  /** The workspace's id as it is written into the path. Default: the member's workspace. */
  workspace?: string
  /** Follows the id. */
  suffix?: string
  headers?: Record<string, string | string[]>
}

export interface Observation {
  status: number
  /** Names in lower case, repeated fields joined. */
  headers: Record<string, string>
  rawHeaders: [name: string, value: string][]
  body: Buffer
}

/** Sends one request to a running deployment, for the deployments' own tests. */
export function observe(
  { baseUrl, profile }: Running,
  probe: ProbeRequest = {},
  ca?: string,
): Promise<Observation> {
  const {
    method = 'GET',
    as = 'member',
    workspace = profile.workspace.id,
    suffix = '/organizations/usage.pdf',
  } = probe
  const { protocol, hostname, port, pathname } = new URL(baseUrl)
  const token = typeof as === 'string' ? profile.actors[as].token.value : as?.token
  const options = {
    method,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    path: `${pathname.replace(/\/$/, '')}/workspaces/${workspace}${suffix}`,
    headers: { ...(token && { Authorization: `Bearer ${token}` }), ...probe.headers },
    agent: false as const,
    ...(ca && { ca }),
  }
  return new Promise((resolve, reject) => {
    const sent = (protocol === 'https:' ? tlsRequest : request)(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const rawHeaders = pairs(response.rawHeaders)
        const headers = Object.fromEntries(rawHeaders.map(([name, value]) => [name.toLowerCase(), value]))
        resolve({ status: response.statusCode ?? 0, headers, rawHeaders, body: Buffer.concat(chunks) })
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}

function pairs(raw: string[]): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, at) => [raw[2 * at]!, raw[2 * at + 1]!])
}
