import type { Organization } from '../../../fixtures/organization.ts'
import type { RunContext } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import type { RequestSpec } from '../../http/request.ts'
import type { ReceivedResponse } from '../../http/response.ts'
import type { Finding, Judgement } from '../../pdf/judge/judge.ts'
import { SetupError } from '../check.ts'

/** What the judge says of the export. Throws SetupError where the file cannot be judged at all. */
export async function judgementOf(target: Target, context: RunContext): Promise<Judgement> {
  const judgement = await judgeAnswerTo({}, target, context)
  if (judgement.verdict === 'broken')
    throw new SetupError(`the export cannot be judged: ${judgement.findings[0]?.message}`)
  // A person may still read what no program can: no verdict, and nobody is blamed.
  if (judgement.verdict === 'unreadable')
    throw new SetupError(`the text of the document cannot be made out: ${judgement.findings[0]?.message}`)
  if (context.profile.workspace.organizations) return judgement
  // An organization may be called undefined; what follows other words in a sentence is no name.
  const lines = (await context.documents.lines((await target.request()).body)).flat()
  const segments = lines.flatMap((line) => line.split('\t'))
  const cannotBeName = ({ message }: Finding) => {
    const said = /^"(.*?)" stands/.exec(message)?.[1]
    return (
      said === undefined ||
      segments.some((text) => /\p{L}{2}/u.test(text.split(said, 1)[0]!) && text.includes(said))
    )
  }
  return { ...judgement, findings: judgement.findings.filter(cannotBeName) }
}

/** What the judge says of the document that a question for the workspace of the profile is answered with. */
export async function judgeAnswerTo(
  request: RequestSpec,
  target: Target,
  context: RunContext,
): Promise<Judgement> {
  const known = context.profile.workspace.organizations ? await context.organizations() : []
  const judgement = await judge(await target.request(request), known, context)
  if (judgement.verdict !== 'nonconforming' || !context.listsOrganizations) return judgement
  // Usage may have changed between document and list: what is wrong by the lists before and after it is wrong.
  const before = await context.organizationsNow()
  const response = await target.request({ ...request, fresh: true })
  const after = await context.organizationsNow()
  const [one, two] = [await judge(response, before, context), await judge(response, after, context)]
  const findings = one.findings.filter((finding) => two.findings.some((other) => isSame(finding, other)))
  const isWrong = one.verdict !== 'nonconforming' || findings.length > 0
  return { ...one, findings, verdict: isWrong ? one.verdict : 'conforming' }
}

/** Without data, what needs none can still be said. */
function judge(
  { body }: ReceivedResponse,
  organizations: Organization[],
  { documents, profile }: RunContext,
) {
  const { workspace, foreignOrganizations: foreign } = profile
  return documents.judge(body, {
    organizations,
    workspace: { id: workspace.id, ...(workspace.name && { name: workspace.name }) },
    usage: workspace.usage,
    ...(foreign && { foreign }),
  })
}

const isSame = (one: Finding, two: Finding) =>
  one.kind === two.kind && one.organization === two.organization && one.field === two.field
