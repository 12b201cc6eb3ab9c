import { join } from 'node:path'
import type { Persona } from '../../fixtures/personas.ts'
import type { WorkspaceFixture } from '../../fixtures/workspace.ts'
import type { State } from '../domain/state.ts'
import { replaceFile } from './replace-file.ts'
import { toDocument } from './state-document.ts'

/**
 * The state as fixtures. Members who are nobody's persona become personas of their own, named `member-1` and so on.
 */
export function toFixtures(state: State): { workspaces: WorkspaceFixture[]; personas: Persona[] } {
  const { workspaces, personas, members } = toDocument(state)
  const known = new Set(personas.map(({ sub }) => sub))
  const names = new Set<string>(personas.map(({ name }) => name))
  const unknownMembers = Map.groupBy(
    members.filter(({ user_id }) => !known.has(user_id)),
    ({ user_id }) => user_id,
  )
  const added: Persona[] = []
  let number = 0
  for (const [sub, roles] of unknownMembers) {
    do number += 1
    while (names.has(`member-${number}`))
    const memberships = roles.map(({ workspace_id: workspace, role }) => ({ workspace, role }))
    added.push({ name: `member-${number}`, sub, displayName: sub, memberships })
  }
  return { workspaces, personas: [...personas, ...added] }
}

/** {@link toFixtures} as the files of a directory, which `mock --fixtures` serves: content by path. */
export function toFixtureFiles(state: State): Record<string, unknown> {
  const { workspaces, personas } = toFixtures(state)
  return {
    ...Object.fromEntries(workspaces.map((one) => [`workspaces/${one.workspace.id}.json`, one])),
    'personas.json': personas,
  }
}

/** Writes `toFixtureFiles` below a directory. Files of the same name are replaced, others stay. Throws `StartError`. */
export async function writeFixtureFiles(state: State, directory: string): Promise<void> {
  for (const [path, content] of Object.entries(toFixtureFiles(state))) {
    await replaceFile(join(directory, path), JSON.stringify(content, null, 2))
  }
}
