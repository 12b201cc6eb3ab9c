import { readBaseUrl } from '../base-url.ts'
import { Keyring } from '../credentials/keyring.ts'
import { Redactor } from '../credentials/redaction/redactor.ts'
import type { SecretReader } from '../credentials/secrets.ts'
import { createNetworkTransport } from '../http/network-transport.ts'
import { Sender, type SenderOptions } from '../http/sender.ts'
import type { Transport } from '../http/transport.ts'
import type { DownloadOperation } from '../operations/download-operation.ts'
import { usageExport } from '../operations/usage-export.ts'
import type { PdfReader } from '../pdf/pdf-reader.ts'
import type { Profile } from '../profile.ts'
import type { Report } from '../results/report.ts'
import { RunContext } from './context.ts'
import { Deployment } from './deployment.ts'

export interface SessionOptions {
  /** With an optional path prefix. User information is not sent, and treated as a secret. */
  baseUrl: string
  tool: Report['tool']
  /** Default: the usage export. */
  operation?: DownloadOperation
  /** PEM of an additional certificate authority. */
  ca?: string
  isInsecure?: boolean
  extraHeaders?: Record<string, string>
  env: NodeJS.ProcessEnv
  /** Where requests go, instead of to `baseUrl` over the network. */
  transport?: Transport
  /** The time that waits for the deployment are measured in. Default: the system's. */
  clock?: SenderOptions['clock']
  /** Called where the deployment makes the run wait. */
  onThrottled?: SenderOptions['onThrottled']
  /** Where secrets come from, instead of from the sources that the profile names. */
  readSecret?: SecretReader
  /** Reads the PDFs of several runs, each file once; stays open for its owner. Default: one of the run's own. */
  pdfReader?: PdfReader
}

/** Everything that the checks of one run share: the deployment, what is known about it, and its secrets. */
export interface Session {
  deployment: Deployment
  context: RunContext
  redactor: Redactor
}

/** Reads the secrets of the profile. Nothing is sent to the deployment yet. */
export async function openSession(profile: Profile, options: SessionOptions): Promise<Session> {
  const { tool, operation = usageExport, ca, isInsecure, extraHeaders, env } = options
  const { base, secrets } = readBaseUrl(options.baseUrl)
  const redactor = new Redactor()
  for (const secret of secrets) redactor.learn(secret, 'BASE_URL_CREDENTIALS')
  for (const [name, value] of Object.entries(extraHeaders ?? {}))
    redactor.learn(value, `HEADER_${name.replaceAll('-', '_').toUpperCase()}`)
  const keyring = await Keyring.open(profile, redactor, env, options.readSecret)
  const { timeoutMs, maxBytes, rate } = profile.limits
  const limits = { timeoutMs, maxBytes }
  const transport =
    options.transport ??
    createNetworkTransport({ base, ...limits, ...(ca && { ca }), ...(isInsecure && { isInsecure }) })
  const deployment = new Deployment(
    {
      operation,
      base,
      workspace: profile.workspace.id,
      profileFile: profile.file,
      keyring,
      redactor,
      userAgent: `${tool.name}/${tool.version}`,
      ...(extraHeaders && { extraHeaders }),
    },
    new Sender(transport, { limits, rate, clock: options.clock, onThrottled: options.onThrottled }),
  )
  const context = new RunContext({
    profile,
    operation,
    keyring,
    base: new URL(base),
    target: deployment.viewFor(),
    ...(options.pdfReader && { pdfReader: options.pdfReader }),
  })
  return { deployment, redactor, context }
}
