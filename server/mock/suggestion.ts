import type { RunningServer } from '../main.ts'

// What is printed ends up in logs of containers and CI.
const minutes = 15

/**
 * For the terminal: the console's address, and a `curl` with a token of the first persona that has a workspace.
 * `tokenCommand`: what gives another token of a persona.
 */
export async function suggestWhatToTry(
  server: RunningServer,
  tokenCommand: (persona: string) => string,
): Promise<string> {
  const { url, networkUrls, personas, tokenFor } = server
  const network = networkUrls.length > 0 ? `From other machines: ${networkUrls.join(', ')}\n` : ''
  const console = `\nThe console: ${url}/_mock/\n${network}`
  const persona = personas().find(({ memberships }) => memberships.length > 0)
  if (!persona) return console
  const token = await tokenFor(persona.name, { expiresIn: minutes * 60 })
  const address = `${url}/workspaces/${persona.memberships[0]?.workspace}/organizations/usage.pdf`
  return `${console}
As ${persona.displayName} (${persona.name}), for the next ${minutes} minutes:

  curl -sS${url.startsWith('https:') ? ' --insecure' : ''} --fail-with-body -o usage.pdf ${address} \\
    -H 'Authorization: Bearer ${token}'

Afterwards, this prints another token: ${tokenCommand(persona.name)}

`
}
