import { existsSync, readFileSync } from 'node:fs'
import type { Expectation, Finding, FindingKind, Judgement } from '../../conformance/pdf/judge/judge.ts'
import type { Organization } from '../../fixtures/organization.ts'
import { readOrganizations } from '../../fixtures/payload.ts'
import type { Defect as OwnDefect } from './corpus/mutations.ts'
import { organizationsOf, renamed } from './corpus/organizations.ts'

/** The one defect of a file of the shared sets. */
interface SharedDefect {
  kind: string
  org_ids: string[]
  field: string | null
  shown: unknown
  expected: unknown
}

interface SharedEntry {
  file: string
  dataset: string | null
  hard?: boolean
  verdict: Judgement['verdict']
  defect?: SharedDefect | null
}

interface OwnEntry {
  file: string
  /** What the organizations were drawn from, where they are not in the entry. */
  seed?: number
  organizations?: Organization[]
  names?: string[]
  workspace?: Expectation['workspace']
  verdict: Judgement['verdict']
  defect: OwnDefect | null
}

/** A PDF whose right verdict is known. */
export interface LabelledFile {
  set: string
  file: string
  verdict: Judgement['verdict']
  /** A layout that a reader may give up on. */
  hard: boolean
  expectation: Expectation
  read(): Buffer
  /** What is wrong with the findings of a judgement whose verdict is right; empty where nothing is. */
  objections(findings: Finding[]): string[]
}

/** What is known of a report, file or drawn page. */
export type Labelled = Pick<LabelledFile, 'verdict' | 'objections'>

/** The kinds of findings that a defect of the shared sets may have. */
const kinds: Record<string, FindingKind[]> = {
  'missing-leaf-page': ['missing-organization'],
  'missing-org': ['missing-organization'],
  'duplicate-missing': ['missing-organization'],
  'wrong-usage': ['wrong-usage'],
  'wrong-limit': ['wrong-limit'],
  'zero-as-unlimited': ['wrong-limit'],
  'limit-missing': ['missing-limit'],
  'usage-missing': ['missing-usage', 'missing-limit'],
  'swapped-rows': ['wrong-usage', 'wrong-limit', 'missing-usage', 'missing-limit'],
  'foreign-org': ['foreign-organization'],
  'foreign-report': ['foreign-organization', 'missing-organization', 'wrong-workspace'],
  'name-garbled': ['unreadable-text'],
}

/** Sets by other programs than ours: beside the repository, not part of it. */
const sharedSets = ['corpus', 'corpus2', 'cases']

/** The files of all sets that are there, or of some. */
export function labelledFiles(sets: string[] = ['own', ...sharedSets]): LabelledFile[] {
  return sets.flatMap((set) =>
    set === 'own' ? filesOf(set, new URL('./corpus/files/', import.meta.url)) : sharedFiles(set),
  )
}

function sharedFiles(set: string): LabelledFile[] {
  const folder = `../shared/${set}/`
  if (!existsSync(`${folder}manifest.json`)) return []
  const entries: SharedEntry[] = JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8'))
  return entries.map((entry) => ({
    set,
    file: entry.file,
    verdict: entry.verdict,
    hard: entry.hard ?? false,
    expectation: expectationOf(folder, entry.dataset),
    read: () => readFileSync(folder + entry.file),
    objections: (findings) => sharedObjections(entry, findings),
  }))
}

/** The files of a folder that `corpus/make.ts` or `prints/make.ts` wrote. */
export function filesOf(set: string, folder: URL): LabelledFile[] {
  const entries: OwnEntry[] = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'))
  return entries.map(({ file, seed = 0, names = [], organizations, workspace, verdict, defect }) => ({
    set,
    file,
    verdict,
    hard: false,
    expectation: {
      organizations: organizations ?? renamed(organizationsOf(seed, 9), names),
      ...(workspace && { workspace }),
    },
    read: () => readFileSync(new URL(file, folder)),
    objections: (findings) => ownObjections(defect, findings),
  }))
}

function expectationOf(folder: string, dataset: string | null): Expectation {
  if (!dataset) return { organizations: [] }
  const data = JSON.parse(readFileSync(`${folder}datasets/${dataset}.json`, 'utf8'))
  return {
    organizations: readOrganizations(data.organizations, dataset),
    foreign: data.foreign ? readOrganizations(data.foreign, dataset) : [],
    workspace: { id: data.workspace.id, name: data.workspace.name },
  }
}

function ownObjections(defect: OwnDefect | null, findings: Finding[]): string[] {
  const isNamed = ({ kind }: Finding) => defect?.named.includes(kind) ?? false
  const named = new Set(findings.filter(isNamed).map(({ organization }) => organization))
  return [
    ...findings.filter((finding) => !isNamed(finding)).map(({ message }) => `not the defect: ${message}`),
    ...(defect?.victims ?? []).filter((victim) => !named.has(victim)).map((victim) => `not named: ${victim}`),
  ]
}

function sharedObjections({ verdict, defect }: SharedEntry, findings: Finding[]): string[] {
  if (verdict === 'unreadable' || verdict === 'broken') return []
  if (!defect) return findings.map(({ message }) => `not the defect: ${message}`)
  const known = kinds[defect.kind] ?? []
  const isWhole = defect.kind === 'foreign-report'
  const side = findings.filter(
    ({ kind, organization }) =>
      !known.includes(kind) ||
      (!isWhole && organization !== undefined && !defect.org_ids.includes(organization)),
  )
  return [...side.map(({ message }) => `not the defect: ${message}`), ...unnamed(defect, known, findings)]
}

function unnamed(defect: SharedDefect, known: FindingKind[], findings: Finding[]): string[] {
  const { kind, org_ids, field, shown, expected } = defect
  const named = findings.filter((finding) => known.includes(finding.kind))
  if (kind === 'foreign-report')
    return named.length < org_ids.length ? [`only ${named.length} of ${org_ids.length} named`] : []
  if (kind === 'foreign-org') {
    const names = named.map(({ name }) => name)
    return names.length === 1 && names[0] === shown ? [] : [`not named: ${shown}, but ${names.join()}`]
  }
  const missed = org_ids.filter((id) => !named.some(({ organization }) => organization === id))
  if (missed.length > 0) return missed.map((id) => `not named: ${id}`)
  if (kind !== 'wrong-usage' && kind !== 'wrong-limit') return []
  const [finding] = named
  // Where no organization has children both usage figures are the same, and either name is right.
  const isField = finding?.field?.replace('subtree_', '') === field?.replace('subtree_', '')
  const isFigure =
    finding?.expected === String(expected) && finding?.found?.replace(/\D/g, '') === String(shown)
  return isField && isFigure
    ? []
    : [
        `${field} ${expected} as ${shown} is named ${finding?.field} ${finding?.expected} as ${finding?.found}`,
      ]
}

/** `blamed` and `missed` are the wrong verdicts, `undecided` gives up, `misnamed` finds something else as well. */
export type Outcome = 'right' | 'blamed' | 'missed' | 'undecided' | 'misnamed' | 'other'

/** How a judgement of a report compares with what is known of it. */
export function outcomeOf(
  labelled: Labelled,
  { verdict, findings }: Pick<Judgement, 'verdict' | 'findings'>,
): Outcome {
  if (verdict === labelled.verdict) return labelled.objections(findings).length === 0 ? 'right' : 'misnamed'
  if (verdict === 'unreadable') return 'undecided'
  if (labelled.verdict === 'conforming') return 'blamed'
  return verdict === 'conforming' ? 'missed' : 'other'
}
