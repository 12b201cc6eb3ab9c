import type { Organization } from '../../../fixtures/organization.ts'
import type { RunContext } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import type { RequestSpec } from '../../http/request.ts'
import type { ReceivedResponse } from '../../http/response.ts'
import type { Finding, Judgement } from '../../pdf/judge/judge.ts'
import { SetupError } from '../../setup-error.ts'

/** The judgement of the export. Throws SetupError where the file cannot be judged at all. */
export async function judgeExport(target: Target, context: RunContext): Promise<Judgement> {
  const judgement = await judgeResponseTo({}, target, context)
  const [first] = judgement.findings
  if (judgement.verdict === 'broken') throw new SetupError(`the export cannot be judged: ${first?.message}`)
  // A person may still read what no program can, so this is no verdict on the deployment.
  if (judgement.verdict === 'unreadable')
    throw new SetupError(`what the document says cannot be decided: ${first?.message}`)
  if (context.profile.workspace.organizations) return judgement
  return { ...judgement, findings: await withoutPossibleNames(judgement.findings, target, context) }
}

/** The judgement of the document in the response to a request for the workspace of the profile. */
export async function judgeResponseTo(
  request: RequestSpec,
  target: Target,
  context: RunContext,
): Promise<Judgement> {
  const known = context.profile.workspace.organizations ? await context.organizations() : []
  const judgement = await judge(await target.request(request), known, context)
  if (judgement.verdict !== 'nonconforming' || !context.listsOrganizations) return judgement
  // Usage may have changed between document and list: wrong is only what contradicts the lists before and after it.
  const before = await context.organizationsNow()
  const response = await target.request({ ...request, fresh: true })
  const after = await context.organizationsNow()
  const [one, two] = [await judge(response, before, context), await judge(response, after, context)]
  const findings = one.findings.filter((finding) => two.findings.some((other) => isSame(finding, other)))
  const isWrong = one.verdict !== 'nonconforming' || findings.length > 0
  return { ...one, findings, verdict: isWrong ? one.verdict : 'conforming' }
}

/** Without organizations, the judge still finds what needs none of them, such as placeholders. */
function judge(
  { body }: ReceivedResponse,
  organizations: Organization[],
  { documents, operation, profile }: RunContext,
): Promise<Judgement> {
  return documents.judge(body, operation.expectationOf(profile, organizations))
}

/**
 * Without known names, a placeholder such as "undefined" may be the name of an organization. It is none where it
 * follows other words in a sentence.
 */
async function withoutPossibleNames(
  findings: Finding[],
  target: Target,
  { documents }: RunContext,
): Promise<Finding[]> {
  const lines = (await documents.lines((await target.request()).body)).flat()
  const segments = lines.flatMap((line) => line.split('\t'))
  const followsWords = (text: string) =>
    segments.some((segment) => segment.includes(text) && /\p{L}{2}/u.test(segment.split(text, 1)[0]!))
  return findings.filter(
    ({ kind, found }) => kind !== 'placeholder-text' || found === undefined || followsWords(found),
  )
}

const isSame = (one: Finding, two: Finding) =>
  one.kind === two.kind && one.organization === two.organization && one.field === two.field
