import { once } from 'node:events'
import { Command, Option } from 'commander'
import type { IdentityProvider } from '../server/authentication/identity-provider.ts'
import { loadSigningKey } from '../server/authentication/signing-key.ts'
import { createLog, logLevels } from '../server/log.ts'
import { startServer } from '../server/main.ts'
import { suggestWhatToTry } from '../server/mock/suggestion.ts'
import { readStatePlace } from '../server/persistence/state-place.ts'
import { StartError } from '../server/start-error.ts'
import { certificateFile, loadCertificate } from '../server/tls/certificate.ts'
import { readCount, readOrigin, readPort, readUrl } from './option-values.ts'

interface MockOptions {
  port: number
  host: string
  fixtures?: string
  spec?: string
  state?: string
  watch?: true
  https?: true
  proxy?: string
  record?: string
  replay?: string
  delay: number
  cors?: string[]
  issuer?: string
  audience?: string
  jwks?: string
  signingKey?: string
  controlToken?: string
  logLevel: (typeof logLevels)[number]
}

export const mock = new Command('mock')
  .description('starts the reference server')
  .option('--port <number>', 'port to listen on; 0 takes any free one', readPort, 4010)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--fixtures <dir>', 'serve the workspaces and personas of this directory')
  .option('--spec <file>', 'serve this contract instead of ours')
  .option(
    '--state <place>',
    'keep the state in this file across restarts, or share it with other mocks through redis://host:6379/0',
  )
  .option('--proxy <url>', 'deployment that is asked what neither contract nor state answers', readUrl)
  .option('--record <file>', 'write its responses into this file')
  .option('--replay <file>', 'give the responses of this file, without the network')
  .option('--https', 'serve HTTPS with a self-signed certificate, made once and kept')
  .option('--watch', 'read contract and fixtures again when their files change')
  .option('--delay <ms>', 'wait before each answer', readCount, 0)
  .option('--cors <origin>', 'origin whose pages may call (repeatable; default: any local one)', readOrigin)
  .option('--issuer <url>', "accept this identity provider's tokens as well", readUrl)
  .option('--audience <name>', "audience of the provider's tokens")
  .option('--jwks <url>', "the provider's keys (default: <issuer>/.well-known/jwks.json)", readUrl)
  .option('--signing-key <file>', 'key that signs our own tokens (default: in the XDG state directory)')
  .addOption(
    new Option(
      '--control-token <token>',
      'the bearer token that /_mock/ requires; without it, only this machine may use /_mock/',
    ).env('ALTOSTRAT_CONTROL_TOKEN'),
  )
  .addOption(
    new Option('--log-level <level>', 'what to write to standard error').choices(logLevels).default('info'),
  )
  .action(
    async ({ delay, cors, spec, fixtures, state, https, signingKey, logLevel, ...options }: MockOptions) => {
      const provider = readProvider(options)
      const { proxy, record, replay } = options
      if (record && !proxy) throw new StartError('--record', 'there is nothing to record without --proxy')
      const server = await startServer({
        ...options,
        delayMs: delay,
        ...(signingKey && { signingKey: await loadSigningKey(signingKey) }),
        log: createLog(logLevel),
        ...(spec && { spec }),
        ...(fixtures && { fixtures }),
        ...(state && readStatePlace(state)),
        passThrough: { ...(proxy && { proxy }), ...(record && { record }), ...(replay && { replay }) },
        ...(https && { certificate: await loadCertificate() }),
        ...(cors && { corsOrigins: cors }),
        ...(provider && { provider }),
      })
      const tokenCommand = (persona: string) =>
        server.isShared && !signingKey
          ? `curl -sS '${server.url}/_mock/token?persona=${persona}'`
          : `altostrat-contract token${signingKey ? ` --signing-key ${signingKey}` : ''} ${persona}`
      const trust = https ? `\nThe certificate to trust: ${certificateFile()}\n` : ''
      process.stdout.write(
        `listening on ${server.url}\n${trust}${await suggestWhatToTry(server, tokenCommand)}`,
      )
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
      await server.stop()
      process.exit(0)
    },
  )

function readProvider({ issuer, audience, jwks }: Pick<MockOptions, 'issuer' | 'audience' | 'jwks'>) {
  if (!issuer && !audience && !jwks) return undefined
  if (!issuer || !audience) {
    throw new StartError('--issuer', 'an identity provider needs both --issuer and --audience')
  }
  const keys = jwks ?? `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`
  return { issuer, audience, jwks: new URL(keys) } satisfies IdentityProvider
}
