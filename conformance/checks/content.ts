import assert from 'node:assert/strict'
import type { Organization } from '../../fixtures/organization.ts'
import { assertStatus, isPdf } from '../assertions.ts'
import { type Check, type Level, SetupError, type Spoil } from '../check.ts'
import { decodeGzip } from '../codings.ts'
import type { Facts } from '../facts.ts'
import { documented } from '../operation.ts'
import type { Finding, FindingKind, Judgement } from '../pdf/judge.ts'
import type { ProfileFeature } from '../profile.ts'
import type { Question } from '../question.ts'
import { drawPage, drawSheet } from '../sheet.ts'
import type { Source } from '../sources.ts'
import type { Target } from '../target.ts'

/** What the judge says of the export. Throws SetupError where the file cannot be judged at all. */
async function judgementOf(target: Target, facts: Facts): Promise<Judgement> {
  const { body } = await target.ask()
  const { workspace, foreignOrganizations: foreign } = facts.profile
  const judgement = await facts.documents.judge(body, {
    // Without data, what needs none can still be said.
    organizations: workspace.organizations ? await facts.organizations() : [],
    workspace: { id: workspace.id, ...(workspace.name && { name: workspace.name }) },
    usage: workspace.usage,
    ...(foreign && { foreign }),
  })
  if (judgement.verdict === 'broken')
    throw new SetupError(`the export cannot be judged: ${judgement.findings[0]?.message}`)
  // A person may still read what no program can: no verdict, and nobody is blamed.
  if (judgement.verdict === 'unreadable')
    throw new SetupError(`the text of the document cannot be made out: ${judgement.findings[0]?.message}`)
  if (workspace.organizations) return judgement
  // An organization may be called undefined; what follows other words in a sentence is no name.
  const segments = (await facts.documents.lines(body)).flat().flatMap((line) => line.split('\t'))
  const cannotBeName = ({ message }: Finding) => {
    const said = /^"(.*?)" stands/.exec(message)?.[1]
    return (
      said === undefined ||
      segments.some((text) => /\p{L}{2}/u.test(text.split(said, 1)[0]!) && text.includes(said))
    )
  }
  return { ...judgement, findings: judgement.findings.filter(cannotBeName) }
}

/** As many findings as a person reads, in one line each. */
function list(messages: string[]): string {
  const shown = messages.slice(0, 8)
  return [
    ...shown,
    ...(messages.length > shown.length ? [`and ${messages.length - shown.length} more`] : []),
  ].join('\n')
}

/** A statement on the document's content, broken by findings of these kinds. */
function without(
  id: Check['id'],
  title: string,
  source: Source,
  kinds: FindingKind[],
  counterexamples: Check['counterexamples'],
  needs: ProfileFeature[] = ['organizations'],
  level: Level = 'contract',
): Check {
  return {
    id,
    title,
    level,
    source,
    covers: [documented(200)],
    needs,
    async run(target, facts) {
      const { findings } = await judgementOf(target, facts)
      const found = findings.filter(({ kind }) => kinds.includes(kind))
      assert.ok(found.length === 0, list(found.map(({ message }) => message)))
    },
    counterexamples,
  }
}

/** The export replaced by a plain document, drawn from changed data and with more lines. */
function drawn(
  title: string,
  change: (organizations: Organization[], facts: Facts) => Organization[],
  more: (facts: Facts) => string[] = () => [],
): Spoil {
  return {
    title,
    async answer(answer, _, facts) {
      if (!isPdf(answer)) return answer
      return {
        ...answer,
        body: drawSheet(change(structuredClone(await facts.organizations()), facts), more(facts)),
      }
    },
  }
}

/** The export replaced by one page that these operators paint; /Picture is a grey pixel. */
const painted = (title: string, operators: string): Spoil => ({
  title,
  answer: (answer) => (isPdf(answer) ? { ...answer, body: drawPage(operators) } : answer),
})

const unchanged = (organizations: Organization[]) => organizations

/** The first organization that has such a figure, changed. */
const withFirst =
  (has: (organization: Organization) => boolean, change: (organization: Organization) => void) =>
  (organizations: Organization[]) => {
    change(organizations.find(has)!)
    return organizations
  }

/** Page numbers as reports write them: "page 2 of 3", "2 / 3" alone on a line. */
const pageNumber =
  /\b(?:page|seite|pagina|página|p\.)\s*(\d+)\s*(?:of|von|van|de|di|sur|\/)\s*(\d+)\b|^\s*(\d+)\s*\/\s*(\d+)\s*$/i

/** Requests that differ in what makes no difference; other checks ask most of them as well. */
const waysToAsk: [string, Question][] = [
  ['Accept: */*', { headers: { Accept: '*/*' } }],
  ['Accept: application/pdf', { headers: { Accept: 'application/pdf' } }],
  ['Accept-Encoding: gzip', { headers: { 'Accept-Encoding': 'gzip' } }],
  ['an unknown query', { query: 'unknown-parameter=1' }],
  ['HTTP/1.0', { version: '1.0' }],
  ['If-None-Match', { headers: { 'If-None-Match': '"altostrat-contract-has-never-seen-this"' } }],
  ['Origin', { headers: { Origin: 'https://altostrat-contract.example' } }],
]

/** What a reader of the document learns, and whether it is true. */
export const content: Check[] = [
  without(
    'CONTENT-001',
    'Every organization of the workspace is shown, as often as there are organizations of its name',
    'report#every-organization',
    ['missing-organization', 'duplicate-organization'],
    [
      drawn('the last organization is missing', (organizations) => organizations.slice(0, -1)),
      drawn(
        'no organization is shown',
        () => [],
        () => ['Usage report'],
      ),
      drawn('an organization is shown twice', (organizations) => [...organizations, organizations[1]!]),
    ],
  ),
  without(
    'CONTENT-002',
    'The usage of every organization is shown as it is',
    'report#usage-of-every-organization',
    ['wrong-usage', 'missing-usage'],
    [
      drawn(
        'a usage is one too high',
        withFirst(
          ({ usage }) => (usage.usage.users ?? 0) > 0,
          ({ usage }) => {
            usage.usage.users! += 1
            usage.subtree_usage.users! += 1
          },
        ),
      ),
      drawn('two organizations have changed places', ([first, second, ...rest]) => [
        { ...first!, usage: second!.usage },
        { ...second!, usage: first!.usage },
        ...rest,
      ]),
    ],
  ),
  without(
    'CONTENT-003',
    'The limit of every organization is shown as it is',
    'report#limit-of-every-organization',
    ['wrong-limit', 'missing-limit'],
    [
      drawn(
        'a limit is another number',
        withFirst(
          ({ limits }) => (limits.users ?? 0) > 0,
          ({ limits }) => {
            limits.users! += 7
          },
        ),
      ),
      drawn(
        'a limit of 0 is shown as none',
        withFirst(
          ({ limits }) => Object.values(limits).includes(0),
          ({ limits }) => {
            for (const type of Object.keys(limits)) if (limits[type] === 0) limits[type] = null
          },
        ),
      ),
    ],
  ),
  without(
    'CONTENT-004',
    'No organization of another workspace is shown',
    'report#only-these-organizations',
    ['foreign-organization'],
    [
      drawn('an organization of the other workspace is shown', (organizations, { profile }) => [
        ...organizations,
        profile.foreignOrganizations![0]!,
      ]),
    ],
    ['organizations', 'foreignOrganizations'],
  ),
  without(
    'CONTENT-005',
    'A workspace that the document names is the one asked for',
    'report#the-workspace-asked-for',
    ['wrong-workspace'],
    [
      drawn('the id of another workspace', unchanged, ({ unknownWorkspace }) => [
        `Workspace: ${unknownWorkspace}`,
      ]),
    ],
  ),
  without(
    'CONTENT-006',
    'Nothing is shown that a program failed to fill in',
    'report#no-placeholders',
    ['placeholder-text'],
    [
      drawn('undefined', unchanged, () => ['Prepared for undefined']),
      drawn('NaN', unchanged, () => ['Utilization: NaN %']),
      drawn('an object', unchanged, () => ['[object Object]']),
      drawn('a template', unchanged, () => ['Report for {{workspace.name}}']),
    ],
    [],
  ),
  without(
    'CONTENT-007',
    'Every character of the document can be read',
    'report#text-that-can-be-read',
    ['unreadable-text'],
    [
      drawn('a name is shown as question marks', (organizations) => {
        const last = organizations.at(-1)!
        return [...organizations.slice(0, -1), { ...last, name: last.name.replaceAll(/\S/g, '?') }]
      }),
    ],
  ),
  without(
    'CONTENT-008',
    'What the document contains as text is visible',
    'report#text-that-can-be-seen',
    ['invisible-text'],
    [
      {
        title: 'everything is drawn in invisible mode',
        async answer(answer, _, facts) {
          const sheet = drawSheet(await facts.organizations(), [], '3 Tr')
          return { ...answer, body: sheet }
        },
      },
    ],
  ),
  {
    id: 'CONTENT-009',
    title: 'Where a page says which of how many it is, it is',
    level: 'advice',
    source: 'report#page-numbers-are-true',
    covers: [documented(200)],
    needs: [],
    async run(target, { documents }) {
      const { body } = await target.ask()
      const pages = await documents.lines(body)
      for (const [index, lines] of pages.entries())
        for (const line of lines) {
          const [said, page, of, plainPage, plainOf] = pageNumber.exec(line) ?? []
          if (said === undefined) continue
          const isTrue = Number(page ?? plainPage) === index + 1 && Number(of ?? plainOf) === pages.length
          assert.ok(isTrue, `page ${index + 1} of ${pages.length} says "${said.trim()}"`)
        }
    },
    counterexamples: [
      drawn('another page', unchanged, () => ['Page 2 of 3']),
      drawn('another count', unchanged, () => ['Page 1 of 0']),
    ],
  },
  {
    id: 'CONTENT-010',
    title: 'The document for a workspace without organizations shows none',
    level: 'contract',
    source: 'report#an-empty-workspace-has-a-report',
    covers: [documented(200)],
    needs: ['emptyWorkspace', 'organizations'],
    async run(target, facts) {
      const answer = await target.ask({ workspace: facts.profile.emptyWorkspace!.id })
      assertStatus(answer, [200], 'a member who asks for a workspace without organizations')
      const others = [...(await facts.organizations()), ...(facts.profile.foreignOrganizations ?? [])]
      const { verdict, findings } = await facts.documents.judge(answer.body, {
        organizations: [],
        foreign: others,
      })
      assert.ok(verdict !== 'broken', `the document cannot be read: ${findings[0]?.message}`)
      const found = findings.filter(({ kind }) => kind === 'foreign-organization')
      assert.ok(found.length === 0, list(found.map(({ message }) => message)))
    },
    counterexamples: [drawn('it shows the organizations of another', unchanged)],
  },
  {
    id: 'CONTENT-011',
    title: 'Two requests, between which nothing changes, are answered with the same figures',
    level: 'contract',
    source: 'report#the-same-data-the-same-report',
    covers: [documented(200)],
    needs: [],
    async run(target, facts) {
      const read = async (fresh: boolean) =>
        timeless(await facts.documents.lines((await target.ask({ fresh })).body))
      const texts = [await read(false), await read(true), await read(true)]
      const changes = () => texts.filter((text, index) => index > 0 && text !== texts[index - 1]).length
      // Usage may change during the run, but then it stays changed, and the list does too.
      if (changes() === 1) {
        texts.push(await read(true), await read(true))
        assert.ok(
          (await facts.isListChanged()) !== false,
          'the document says other things than before, while the list of organizations is the same',
        )
      }
      assert.ok(changes() <= 1, `${texts.length} documents in a row say different things`)
    },
    counterexamples: [
      {
        title: 'the figures are different each time',
        answer: async (answer, _, facts) => {
          const noise = {
            ...(await facts.organizations())[0]!,
            name: 'Noise',
            usage: { usage: { users: performance.now() }, subtree_usage: {} },
          }
          return { ...answer, body: drawSheet([noise]) }
        },
      },
    ],
  },
  {
    id: 'CONTENT-012',
    title: 'A total is the sum of what it totals',
    level: 'contract',
    source: 'report#totals-add-up',
    covers: [documented(200)],
    needs: ['organizations'],
    async run(target, facts) {
      const { body } = await target.ask()
      const lines = (await facts.documents.lines(body)).flat()
      const sums = sumsOf(await facts.organizations())
      for (const line of lines.filter(
        (text) => /^\s*(?:grand )?total\b/i.test(text) && !isOfOthers.test(text),
      )) {
        const numbers = (line.match(/\d+(?:[.,\u00a0\u202f\u2019' ]\d{3})*(?!\d*\s*%)/g) ?? []).map((text) =>
          Number(text.replaceAll(/\D/g, '')),
        )
        if (numbers.length === 0) continue
        assert.ok(
          numbers.some((number) => sums.has(number)),
          `no sum of the organizations' figures is in: ${line.replaceAll('\t', ' ')}`,
        )
      }
    },
    counterexamples: [drawn('a total that is none', unchanged, () => ['Total 987654'])],
  },
  {
    id: 'CONTENT-013',
    title: 'The text of the document can be searched, copied and read aloud',
    level: 'advice',
    source: 'report#text-that-can-be-read',
    covers: [documented(200)],
    needs: [],
    async run(target, { documents }) {
      const { unreadable } = await documents.text((await target.ask()).body)
      assert.ok(unreadable === null, unreadable ?? '')
    },
    counterexamples: [painted('a picture of the page', '500 0 0 700 40 60 cm /Picture Do')],
  },
  {
    id: 'CONTENT-014',
    title: 'No page is blank',
    level: 'advice',
    source: 'report#a-document-that-opens',
    covers: [documented(200)],
    needs: [],
    async run(target, { documents, profile }) {
      const exports = [
        { question: {}, where: '' },
        ...(profile.emptyWorkspace
          ? [{ question: { workspace: profile.emptyWorkspace.id }, where: ' for the empty workspace' }]
          : []),
      ]
      for (const { question, where } of exports) {
        const { pages } = await documents.text((await target.ask(question)).body)
        const blank = pages.flatMap(({ isBlank }, index) => (isBlank ? [index + 1] : []))
        assert.ok(blank.length === 0, `nothing is on page ${blank.join(', ')} of ${pages.length}${where}`)
      }
    },
    counterexamples: [
      painted('a page without anything', ''),
      {
        title: 'an empty page for an empty workspace',
        answer: (answer, { workspace }) => (workspace ? { ...answer, body: drawPage('') } : answer),
      },
    ],
  },
  {
    id: 'CONTENT-015',
    title: 'However it is asked for, the document says the same',
    level: 'contract',
    source: 'report#the-same-data-the-same-report',
    covers: [documented(200)],
    needs: [],
    async run(target, { documents }) {
      const say = async (body: Buffer) => timeless(await documents.lines(body))
      const first = await say((await target.ask()).body)
      for (const [what, question] of waysToAsk) {
        const answer = await target.ask(question)
        if (answer.status !== 200) continue
        const said = await say(decodeGzip(answer))
        // Usage may have changed since the first request.
        if (said === first || said === (await say((await target.ask({ fresh: true })).body))) continue
        assert.fail(`with ${what}, the document says other things than without`)
      }
    },
    counterexamples: [
      {
        title: 'another document for those who accept gzip',
        answer: async (answer, { headers }, facts) =>
          headers?.['Accept-Encoding'] === 'gzip'
            ? {
                ...answer,
                fields: answer.fields.filter(([name]) => !/^content-encoding$/i.test(name)),
                body: drawSheet((await facts.organizations()).slice(1)),
              }
            : answer,
      },
      {
        title: 'another document under a query',
        answer: async (answer, { query }, facts) =>
          query ? { ...answer, body: drawSheet((await facts.organizations()).slice(1)) } : answer,
      },
    ],
  },
]

/** The text without what tells the time: dates, times, ISO instants and the words around them change between requests. */
function timeless(pages: string[][]): string {
  return pages
    .flat()
    .join('\n')
    .replaceAll(
      /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:T[\d:.]+Z?)?|\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AP]M)?/gi,
      '',
    )
    .replaceAll(/\b\d{1,2}(?:st|nd|rd|th)?\.?\s+\p{L}{3,}\s+\d{4}\b|\b\p{L}{3,}\s+\d{1,2},?\s+\d{4}\b/gu, '')
}

/** Totals that no organization's figures add up to. */
const isOfOthers = /capacity|subscri|purchased|licen[sc]ed|available|remaining|free|page/i

/**
 * Everything that a row of totals may rightly show: how many organizations, each type's usage and limits, and what one
 * organization uses with all below it.
 */
function sumsOf(organizations: Organization[]): Set<number> {
  const sums = new Set([organizations.length])
  for (const { usage } of organizations)
    for (const figures of [usage.usage, usage.subtree_usage]) {
      const all = Object.values(figures).filter((figure) => figure !== undefined)
      for (const figure of all) sums.add(figure)
      sums.add(all.reduce((sum, figure) => sum + figure, 0))
    }
  const types = new Set(
    organizations.flatMap(({ usage, limits }) => [...Object.keys(usage.usage), ...Object.keys(limits)]),
  )
  const top = organizations.filter(({ parent_org_id }) => !parent_org_id)
  for (const type of types)
    for (const group of [organizations, top]) {
      sums.add(group.reduce((sum, { usage }) => sum + (usage.usage[type] ?? 0), 0))
      sums.add(group.reduce((sum, { usage }) => sum + (usage.subtree_usage[type] ?? 0), 0))
      sums.add(group.reduce((sum, { limits }) => sum + (limits[type] ?? 0), 0))
    }
  return sums
}
