import type { Persona } from '../../fixtures/personas.ts'
import type { Contract } from '../../spec/contract-document.ts'
import type { RequestKey } from '../../spec/operation.ts'
import type { RunningServer } from '../main.ts'

// What is printed ends up in logs of containers and CI.
const minutes = 15

/**
 * For the terminal: the console's address, and a `curl` with a token. It asks for the report of the first persona that has a
 * workspace, or, where the contract has no such operation, for the first thing that can be read without an id.
 * `tokenCommand`: what gives another token of a persona.
 */
export async function suggestWhatToTry(
  server: RunningServer,
  tokenCommand: (persona: string) => string,
): Promise<string> {
  const { url, networkUrls, personas, tokenFor, contract } = server
  const network = networkUrls.length > 0 ? `From other machines: ${networkUrls.join(', ')}\n` : ''
  const console = `\nThe console: ${url}/_mock/\n${network}`
  const called = chooseCall(contract(), personas())
  if (!called) return console
  const { persona, path, keys, file } = called
  const insecure = url.startsWith('https:') ? ' --insecure' : ''
  const curl = `curl -sS${insecure} --fail-with-body${file ? ` -o ${file}` : ''}${keys.map(toArgument).join('')} ${url}${withKeys(path, keys)}`
  if (!persona) return `${console}\nTo try it:\n\n  ${curl}\n\n`
  const token = await tokenFor(persona.name, { expiresIn: minutes * 60 })
  return `${console}
As ${persona.displayName} (${persona.name}), for the next ${minutes} minutes:

  ${curl} \\
    -H 'Authorization: Bearer ${token}'

Afterwards, this prints another token: ${tokenCommand(persona.name)}

`
}

interface SuggestedCall {
  /** Undefined where no token is needed. */
  persona?: Persona
  path: string
  /** What is sent instead of a token: any value is taken. */
  keys: RequestKey[]
  /** Where the response is a file. */
  file?: string
}

const reportPath = '/workspaces/{workspaceId}/organizations/usage.pdf'

function toArgument({ in: place, name, scheme }: RequestKey): string {
  if (scheme) return ' -u user:password'
  if (place === 'query') return ''
  return place === 'cookie' ? ` -b '${name}=any'` : ` -H '${name}: any'`
}

function withKeys(path: string, keys: RequestKey[]): string {
  const query = keys.filter((key) => key.in === 'query').map(({ name }) => `${encodeURIComponent(name)}=any`)
  return query.length > 0 ? `${path}?${query.join('\\&')}` : path
}

function chooseCall(
  { operations, serverPaths }: Pick<Contract, 'operations' | 'serverPaths'>,
  personas: Persona[],
): SuggestedCall | undefined {
  const [base = ''] = serverPaths
  const readable = operations.filter(({ method }) => method === 'get')
  if (readable.some(({ path }) => path === reportPath)) {
    const persona = personas.find(({ memberships }) => memberships.length > 0)
    const workspace = persona?.memberships[0]?.workspace
    return persona && workspace
      ? { persona, path: base + reportPath.replace('{workspaceId}', workspace), keys: [], file: 'usage.pdf' }
      : undefined
  }
  const simple = readable.find(({ path }) => !path.includes('{'))
  if (!simple) return undefined
  const [persona] = personas
  const [keys = []] = simple.isPublic ? [] : simple.keys
  const needsToken = !simple.isPublic && keys.length === 0
  return { path: base + simple.path, keys, ...(persona && needsToken && { persona }) }
}
