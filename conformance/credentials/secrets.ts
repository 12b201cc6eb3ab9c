import { execFile } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import { promisify } from 'node:util'
import { readBoundedText } from '../../spec/bounded-file.ts'
import type { SecretSource } from '../profile.ts'
import { SetupError } from '../setup-error.ts'
import { fetchJson } from './fetch-json.ts'
import type { Redactor } from './redaction/redactor.ts'

interface SecretContext {
  /** Its folder is what `file` paths are relative to. */
  profileFile: string
  env: NodeJS.ProcessEnv
  redactor: Redactor
}

/** A token or key has a few kilobytes. */
const maxBytes = 2 ** 20

/** The type of {@link readSecret}, for what replaces it. */
export type SecretReader = typeof readSecret

/** Fetches a secret from where the profile says. Throws SetupError naming `place` and what to do. */
export async function readSecret(
  source: SecretSource,
  place: string,
  context: SecretContext,
): Promise<string> {
  const fail = (reason: string) => new SetupError(`${place}: ${reason}`)
  const secret = (await fetchSecret(source, place, context, fail)).trim().replace(/^Bearer +/i, '')
  if (secret === '') throw fail('the secret is empty')
  context.redactor.learn(secret, nameOf(place))
  return secret
}

async function fetchSecret(
  source: SecretSource,
  place: string,
  context: SecretContext,
  fail: (reason: string) => SetupError,
): Promise<string> {
  if ('value' in source) return source.value
  if ('env' in source) {
    const value = context.env[source.env]
    if (value === undefined || value === '') throw fail(`the environment variable ${source.env} is not set`)
    return value
  }
  if ('file' in source) {
    const file = resolve(dirname(context.profileFile), source.file)
    try {
      return readBoundedText(file, maxBytes)
    } catch (error) {
      throw fail(`${file} cannot be read (${(error as Error).message})`)
    }
  }
  if ('command' in source) {
    const shell = process.platform === 'win32' ? ['cmd', '/c'] : ['sh', '-c']
    const run = promisify(execFile)(shell[0]!, [shell[1]!, source.command], {
      timeout: 60_000,
      cwd: dirname(resolve(context.profileFile)),
    })
    // The output of a failing command may contain a secret that the redactor does not know yet.
    const { stdout } = await run.catch((error) =>
      Promise.reject(fail(`the command ended with ${error.code ?? error.signal}`)),
    )
    return stdout
  }
  return grant(source.clientCredentials, place, context, fail)
}

/** OAuth 2.0 client credentials grant (RFC 6749 §4.4), the client authenticated by HTTP Basic (§2.3.1). */
async function grant(
  credentials: Extract<SecretSource, { clientCredentials: unknown }>['clientCredentials'],
  place: string,
  context: SecretContext,
  fail: (reason: string) => SetupError,
): Promise<string> {
  const { tokenUrl, clientId, audience, scope } = credentials
  const secret = await readSecret(
    credentials.clientSecret,
    `${place}.clientCredentials.clientSecret`,
    context,
  )
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString(
    'base64',
  )
  context.redactor.learn(basic, 'CLIENT_CREDENTIALS')
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(audience && { audience }),
    ...(scope && { scope }),
  })
  const headers = { authorization: `Basic ${basic}`, accept: 'application/json' }
  const { address, status, json } = await fetchJson(tokenUrl, { method: 'POST', headers, body }).catch(
    (error: Error) => Promise.reject(fail(error.message)),
  )
  const granted = json as { access_token?: unknown; error?: unknown } | null | undefined
  if (typeof granted?.access_token !== 'string') {
    const reason = typeof granted?.error === 'string' ? `: ${granted.error.slice(0, 80)}` : ''
    throw fail(`${address} answered ${status} without an access_token${reason}`)
  }
  return granted.access_token
}

/** `actors.member.token` becomes MEMBER_TOKEN. */
function nameOf(place: string): string {
  return place
    .replace(/^actors\./, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z]+/g, '_')
    .toUpperCase()
}
