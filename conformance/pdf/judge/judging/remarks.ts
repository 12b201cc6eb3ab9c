import { type Page, type Segment, segmentsOf } from '../../pages/page.ts'
import type { Expectation } from '../reading/expectation.ts'
import { fold, keyOf } from '../reading/normalize.ts'
import { placeholders } from '../reading/placeholders.ts'
import { workspaceWords } from '../vocabulary/vocabulary.ts'
import { type Finding, placeOf } from './finding.ts'

/** Text that a template or a program left behind. Names of organizations may say what they like. */
export function findPlaceholders(pages: Page[], expectation: Expectation): Finding[] {
  const names = [...expectation.organizations, ...(expectation.foreign ?? [])].map(({ name }) => name)
  names.push(expectation.workspace?.name ?? '')
  const innocent = names.filter((name) => placeholders.test(name)).map(keyOf)
  const seen = new Set<string>()
  const findings: Finding[] = []
  for (const segment of segmentsOf(pages)) {
    const text = segment.text.normalize('NFKC')
    const [found] = placeholders.exec(text) ?? []
    if (
      found === undefined ||
      innocent.some((name) => keyOf(text).includes(name) || name.includes(keyOf(text)))
    )
      continue
    // "null" for a limit that is null reads as a word for it.
    if (found === 'null') continue
    const place = placeOf({ layer: segment.line.layer, box: segment })
    const { page } = place
    if (seen.has(`${found}${page}`)) continue
    seen.add(`${found}${page}`)
    findings.push({
      kind: 'placeholder-text',
      found,
      message: `"${found}" stands where text or a figure should (page ${page})`,
      ...place,
    })
  }
  return findings
}

/** Lines that say whose report it is: `Workspace: Acme`, `Acme (ws_…)`. */
const workspaceLines = [
  new RegExp(`^${workspaceWords}\\s*[:：–—-]\\s*(\\S.*?)(?:\\s*\\(ws_.*|\\s+[–—·|].*)?$`, 'iu'),
  new RegExp(
    `^(?:${workspaceWords}\\s*[:：–—-]?\\s*)?(\\S.*?)\\s*(?:\\(|[–—-]\\s)ws_[A-Za-z0-9]{6,}\\)?$`,
    'iu',
  ),
]

const isWorkspaceWord = new RegExp(`^${workspaceWords}(?: id)?$`, 'iu')

/** Another workspace's identifier or name where the document says whose report it is. */
export function findWrongWorkspace(pages: Page[], expectation: Expectation): Finding[] {
  const { id = expectation.organizations.find((each) => each.workspace_id)?.workspace_id, name } =
    expectation.workspace ?? {}
  const blame = (expected: string, found: string, segment: Segment): Finding => {
    const place = placeOf({ layer: segment.line.layer, box: segment })
    const message = `The report is for workspace ${found}, not ${expected} (page ${place.page})`
    return { kind: 'wrong-workspace', expected, found, message, ...place }
  }
  for (const segment of segmentsOf(pages)) {
    const text = segment.text
    const [found] = /\bws_[A-Za-z0-9]{6,}\b/.exec(text) ?? []
    if (id && found && found !== id && !id.startsWith(found)) return [blame(id, found, segment)]
  }
  if (!name) return []
  const labelled: [string, Segment][] = []
  for (const segment of segmentsOf(pages)) {
    const text = segment.text
    if (keyOf(text).includes(keyOf(name))) return []
    const said = workspaceLines.map((line) => line.exec(text)?.[1]).find((found) => found !== undefined)
    if (said && /\p{L}/u.test(said) && !/^ws_/.test(said) && !isWorkspaceWord.test(said))
      labelled.push([said, segment])
  }
  const [first] = labelled
  return first && fold(first[0]) !== fold(name) ? [blame(name, first[0], first[1])] : []
}
