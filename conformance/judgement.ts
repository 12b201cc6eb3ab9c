import type { Organization } from '../fixtures/organization.ts'
import type { Answer } from './answer.ts'
import { SetupError } from './check.ts'
import type { Facts } from './facts.ts'
import type { Finding, Judgement } from './pdf/judge.ts'
import type { Target } from './target.ts'

/** What the judge says of the export. Throws SetupError where the file cannot be judged at all. */
export async function judgementOf(target: Target, facts: Facts): Promise<Judgement> {
  const judgement = await readable(await target.ask(), facts)
  if (judgement.findings.length === 0 || !facts.isOracle) return judgement
  // Usage may have changed between document and list: what is wrong by the lists before and after it is wrong.
  const before = await facts.organizationsNow()
  const answer = await target.ask({ fresh: true })
  const after = await facts.organizationsNow()
  const [one, two] = [await readable(answer, facts, before), await readable(answer, facts, after)]
  return {
    ...one,
    findings: one.findings.filter((finding) => two.findings.some((other) => isSame(finding, other))),
  }
}

/** What the judge says of an answer to a request for the workspace of the profile. */
export async function judgeAnswer(
  { body }: Answer,
  facts: Facts,
  organizations?: Organization[],
): Promise<Judgement> {
  const { workspace, foreignOrganizations: foreign } = facts.profile
  return facts.documents.judge(body, {
    // Without data, what needs none can still be said.
    organizations: organizations ?? (workspace.organizations ? await facts.organizations() : []),
    workspace: { id: workspace.id, ...(workspace.name && { name: workspace.name }) },
    usage: workspace.usage,
    ...(foreign && { foreign }),
  })
}

async function readable(answer: Answer, facts: Facts, organizations?: Organization[]): Promise<Judgement> {
  const judgement = await judgeAnswer(answer, facts, organizations)
  if (judgement.verdict === 'broken')
    throw new SetupError(`the export cannot be judged: ${judgement.findings[0]?.message}`)
  // A person may still read what no program can: no verdict, and nobody is blamed.
  if (judgement.verdict === 'unreadable')
    throw new SetupError(`the text of the document cannot be made out: ${judgement.findings[0]?.message}`)
  if (facts.profile.workspace.organizations) return judgement
  // An organization may be called undefined; what follows other words in a sentence is no name.
  const segments = (await facts.documents.lines(answer.body)).flat().flatMap((line) => line.split('\t'))
  const cannotBeName = ({ message }: Finding) => {
    const said = /^"(.*?)" stands/.exec(message)?.[1]
    return (
      said === undefined ||
      segments.some((text) => /\p{L}{2}/u.test(text.split(said, 1)[0]!) && text.includes(said))
    )
  }
  return { ...judgement, findings: judgement.findings.filter(cannotBeName) }
}

const isSame = (one: Finding, two: Finding) =>
  one.kind === two.kind && one.organization === two.organization && one.field === two.field
