import type { Organization } from '../../../fixtures/organization.ts'
import type { Facts } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import type { Question } from '../../http/request.ts'
import type { Answer } from '../../http/response.ts'
import type { Finding, Judgement } from '../../pdf/judge/judge.ts'
import { SetupError } from '../check.ts'

/** What the judge says of the export. Throws SetupError where the file cannot be judged at all. */
export async function judgementOf(target: Target, facts: Facts): Promise<Judgement> {
  const judgement = await judgeAnswerTo({}, target, facts)
  if (judgement.verdict === 'broken')
    throw new SetupError(`the export cannot be judged: ${judgement.findings[0]?.message}`)
  // A person may still read what no program can: no verdict, and nobody is blamed.
  if (judgement.verdict === 'unreadable')
    throw new SetupError(`the text of the document cannot be made out: ${judgement.findings[0]?.message}`)
  if (facts.profile.workspace.organizations) return judgement
  // An organization may be called undefined; what follows other words in a sentence is no name.
  const lines = (await facts.documents.lines((await target.ask()).body)).flat()
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
export async function judgeAnswerTo(question: Question, target: Target, facts: Facts): Promise<Judgement> {
  const known = facts.profile.workspace.organizations ? await facts.organizations() : []
  const judgement = await judge(await target.ask(question), known, facts)
  if (judgement.verdict !== 'nonconforming' || !facts.isOracle) return judgement
  // Usage may have changed between document and list: what is wrong by the lists before and after it is wrong.
  const before = await facts.organizationsNow()
  const answer = await target.ask({ ...question, fresh: true })
  const after = await facts.organizationsNow()
  const [one, two] = [await judge(answer, before, facts), await judge(answer, after, facts)]
  const findings = one.findings.filter((finding) => two.findings.some((other) => isSame(finding, other)))
  const isWrong = one.verdict !== 'nonconforming' || findings.length > 0
  return { ...one, findings, verdict: isWrong ? one.verdict : 'conforming' }
}

/** Without data, what needs none can still be said. */
function judge({ body }: Answer, organizations: Organization[], { documents, profile }: Facts) {
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
