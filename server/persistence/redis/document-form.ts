import type { Persona } from '../../../fixtures/personas.ts'
import type { Membership, State, WorkspaceState } from '../../domain/state.ts'
import { emptyRuleBook, type RuleBook } from '../../mock/rule-book.ts'

/** How a value is stored in fields, each JSON, so that a change writes only the fields that it touches. */
export interface DocumentForm<T> {
  split(value: T): Map<string, unknown>
  join(parts: ReadonlyMap<string, unknown>): T
}

interface Outline {
  /** Ids in the order in which workspaces are listed. */
  workspaces: string[]
  personas: Persona[]
}
type StoredWorkspace = Omit<WorkspaceState, 'members'> & { members: [string, Membership][] }

/** One field a workspace, and one for what remains. */
export const stateForm: DocumentForm<State> = {
  split({ workspaces, personas }) {
    const outline: Outline = { workspaces: [...workspaces.keys()], personas: [...personas.values()] }
    return new Map<string, unknown>([
      ['outline', outline],
      ...[...workspaces].map(([id, { members, ...rest }]): [string, StoredWorkspace] => [
        id,
        { ...rest, members: [...members] },
      ]),
    ])
  },
  join(parts) {
    const { workspaces, personas } = parts.get('outline') as Outline
    return {
      workspaces: new Map(
        workspaces.map((id) => {
          const { members, ...rest } = parts.get(id) as StoredWorkspace
          return [id, { ...rest, members: new Map(members) }]
        }),
      ),
      personas: new Map(personas.map((persona) => [persona.name, persona])),
    }
  },
}

export const rulesForm: DocumentForm<RuleBook> = {
  split: (book) => new Map([['book', book]]),
  join: (parts) => (parts.get('book') as RuleBook | undefined) ?? emptyRuleBook(),
}
