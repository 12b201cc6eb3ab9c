import type { GateChange, GateReport } from '../gate-report.ts'
import { code, text } from './markdown-text.ts'
import { whyNotCompared } from './wording.ts'

const groups = ['Added', 'Changed', 'Deprecated', 'Removed', 'Documentation'] as const
type Group = (typeof groups)[number]

/** The changes as a section of a changelog (keepachangelog.com), for the readers of the API's documentation. */
export function changelog(report: GateReport): string {
  const { base = '', changes, contract, startedAt } = report
  const title = `## ${text(contract.title)} ${text(contract.version)} (${startedAt.slice(0, 10)})`
  const reason = whyNotCompared(report)
  if (reason) return `${title}\n\nNot compared: ${text(reason)}.\n`
  if (changes.length === 0) return `${title}\n\nNothing changed since ${code(base)}.\n`
  const sections = groups.flatMap((group) => {
    const items = changes.filter((change) => groupOf(change) === group)
    return items.length > 0 ? [`### ${group}`, items.map(describe).join('\n')] : []
  })
  return `${[title, `Since ${code(base)}.`, ...sections].join('\n\n')}\n`
}

function groupOf({ id }: GateChange): Group {
  if (id === 'documentation-changed') return 'Documentation'
  if (id.endsWith('-deprecated')) return 'Deprecated'
  const [, came] = listed.exec(id) ?? []
  if (came) return came === 'added' ? 'Added' : 'Removed'
  return 'Changed'
}

/** What readers look for by name; a limit that is added to a value changes the value. */
const listed =
  /^(?:operation|callback|link|server|enum-values|alternative|(?:required-)?(?:parameter|property|request-body)|(?:error-)?response|response-range|response-body|(?:required-)?response-header|(?:request|response)-media-type)-(added|removed)$/

const marks = { breaking: '**Breaking:** ', risky: '**Risky:** ', harmless: '' } as const

/** Documentation and shared schemas say themselves where they stand; others name their operations. */
function describe({ verdict, message, operations, accepted }: GateChange): string {
  const names = operations.filter((operation) => !message.includes(operation))
  const where =
    names.length > 0 ? ` (${names.slice(0, 5).map(code).join(', ')}${names.length > 5 ? ', …' : ''})` : ''
  return `- ${marks[verdict]}${text(message)}${where}${accepted ? ` Agreed: ${text(accepted.reason)}.` : ''}`
}
