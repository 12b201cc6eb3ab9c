import type { RunningServer } from '../main.ts'

/** For the terminal: the console's address, and a `curl` with a token of the first persona that has a workspace. */
export async function suggestWhatToTry({ url, personas, tokenFor }: RunningServer): Promise<string> {
  const console = `\nThe console: ${url}/_mock/\n`
  const persona = personas().find(({ memberships }) => memberships.length > 0)
  if (!persona) return console
  const token = await tokenFor(persona.name, { expiresIn: 24 * 3600 })
  const address = `${url}/workspaces/${persona.memberships[0]?.workspace}/organizations/usage.pdf`
  return `${console}
As ${persona.displayName} (${persona.name}), for the next 24 hours:

  curl -sS --fail-with-body -o usage.pdf ${address} \\
    -H 'Authorization: Bearer ${token}'

`
}
