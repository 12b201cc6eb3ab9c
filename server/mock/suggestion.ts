import type { RunningServer } from '../main.ts'

/** For the terminal: the console's address, and a `curl` with a token of the first persona that has a workspace. */
export async function suggestWhatToTry(server: RunningServer): Promise<string> {
  const { url, networkUrls, personas, tokenFor } = server
  const network = networkUrls.length > 0 ? `From other machines: ${networkUrls.join(', ')}\n` : ''
  const console = `\nThe console: ${url}/_mock/\n${network}`
  const persona = personas().find(({ memberships }) => memberships.length > 0)
  if (!persona) return console
  const token = await tokenFor(persona.name, { expiresIn: 24 * 3600 })
  const address = `${url}/workspaces/${persona.memberships[0]?.workspace}/organizations/usage.pdf`
  return `${console}
As ${persona.displayName} (${persona.name}), for the next 24 hours:

  curl -sS${url.startsWith('https:') ? ' --insecure' : ''} --fail-with-body -o usage.pdf ${address} \\
    -H 'Authorization: Bearer ${token}'

`
}
