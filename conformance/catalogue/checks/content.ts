import assert from 'node:assert/strict'
import type { Organization } from '../../../fixtures/organization.ts'
import { productTypes } from '../../../spec/product-types.ts'
import type { RunContext } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import type { RequestSpec } from '../../http/request.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import type { FindingKind } from '../../pdf/judge/judge.ts'
import { typeWords } from '../../pdf/judge/vocabulary/type-words.ts'
import type { ProfileFeature } from '../../profile.ts'
import { SetupError } from '../../setup-error.ts'
import { assertStatus, isPdf } from '../assertions/assertions.ts'
import { decodeContent } from '../assertions/codings.ts'
import { timeless, withoutTime } from '../assertions/timeless.ts'
import { findUsageIn, learnUsageRows } from '../assertions/usage-rows.ts'
import { findZeroDate } from '../assertions/zero-dates.ts'
import type { Check, Level, Mutation } from '../check.ts'
import { drawPage, drawReport, drawTable } from '../mutations/plain-report.ts'
import { judgeExport, judgeResponseTo } from '../probes/judged-export.ts'
import { browserHeaders, requestVariants } from '../probes/request-variants.ts'
import type { Source } from '../sources.ts'

/** The first findings, one a line, and how many more there are. */
function list(messages: string[]): string {
  const shown = messages.slice(0, 8)
  return [
    ...shown,
    ...(messages.length > shown.length ? [`and ${messages.length - shown.length} more`] : []),
  ].join('\n')
}

/** Asserts that the judge finds nothing of these kinds in the export. */
async function assertNoFindings(target: Target, context: RunContext, kinds: FindingKind[]): Promise<void> {
  const { findings } = await judgeExport(target, context)
  const found = findings.filter(({ kind }) => kinds.includes(kind))
  assert.ok(found.length === 0, list(found.map(({ message }) => message)))
}

/** A statement on the document's content, broken by findings of these kinds. */
function showing(
  operation: DownloadOperation,
  id: Check['id'],
  title: string,
  source: Source,
  kinds: FindingKind[],
  mutations: Check['mutations'],
  needs: ProfileFeature[] = ['organizations'],
  level: Level = 'contract',
): Check {
  return {
    id,
    title,
    level,
    source,
    covers: operation.documented(200),
    needs,
    async run(target, context) {
      await assertNoFindings(target, context, kinds)
    },
    mutations,
  }
}

/** The export replaced by a plain document, drawn from changed data and with more lines. */
function drawn(
  title: string,
  change: (organizations: Organization[], context: RunContext) => Organization[],
  more: (context: RunContext) => string[] = () => [],
): Mutation {
  return {
    title,
    async response(response, _, context) {
      if (!isPdf(response)) return response
      return {
        ...response,
        body: drawReport(change(structuredClone(await context.organizations()), context), more(context)),
      }
    },
  }
}

/** The export replaced by one page that these operators paint; /Picture is a grey pixel. */
const painted = (title: string, operators: string): Mutation => ({
  title,
  response: (response) => (isPdf(response) ? { ...response, body: drawPage(operators) } : response),
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
const pageNumbers = [
  /\b(?:page|seite|pagina|página|p\.)\s*(\d+)\s*(?:of|von|van|de|di|sur|\/)\s*(\d+)\b/i,
  /^(\d+)\s*\/\s*(\d+)$/,
]

/** The first of its forms that a line has, if any. */
const pageNumberIn = (line: string) =>
  pageNumbers
    .map((pattern) => pattern.exec(line.trim()))
    .filter((match) => match !== null)
    .slice(0, 1)

/** What the document says, and whether it is true. */
export const content = (operation: DownloadOperation): Check[] => [
  showing(
    operation,
    'CONTENT-001',
    'Every organization of the workspace is shown, as often as there are organizations of its name',
    'report#every-organization',
    ['missing-organization', 'duplicate-organization', 'truncated-name'],
    [
      drawn('the last organization is missing', (organizations) => organizations.slice(0, -1)),
      drawn(
        'no organization is shown',
        () => [],
        () => ['Usage report'],
      ),
      drawn('names are cut off', (organizations) =>
        organizations.map((one) => ({ ...one, name: one.name.slice(0, -3) })),
      ),
      drawn('an organization is shown twice', (organizations) => [...organizations, organizations[1]!]),
    ],
  ),
  showing(
    operation,
    'CONTENT-002',
    'The usage of every organization is shown as it is',
    'report#usage-of-every-organization',
    ['wrong-usage', 'missing-usage', 'shifted-rows', 'exchanged-headings'],
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
      drawn('the figures of every organization stand beside the next', (organizations) =>
        organizations.map((organization, at) => {
          const { usage, limits } = organizations.at(at - 1)!
          return { ...organization, usage, limits }
        }),
      ),
    ],
  ),
  showing(
    operation,
    'CONTENT-003',
    'The limit of every organization is shown as it is',
    'report#limit-of-every-organization',
    ['wrong-limit', 'missing-limit', 'shifted-rows', 'exchanged-headings'],
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
  showing(
    operation,
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
  showing(
    operation,
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
  showing(
    operation,
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
  showing(
    operation,
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
  showing(
    operation,
    'CONTENT-008',
    'What the document contains as text is visible',
    'report#text-that-can-be-seen',
    ['invisible-text'],
    [
      {
        title: 'everything is drawn in invisible mode',
        async response(response, _, context) {
          const sheet = drawReport(await context.organizations(), [], '3 Tr')
          return { ...response, body: sheet }
        },
      },
    ],
  ),
  {
    id: 'CONTENT-009',
    title: 'Where a page says which of how many it is, it is',
    level: 'advice',
    source: 'report#page-numbers-are-true',
    covers: operation.documented(200),
    needs: [],
    async run(target, { documents }) {
      const { body } = await target.request()
      const pages = await documents.lines(body)
      for (const [index, lines] of pages.entries())
        for (const [said, page, of] of lines.flatMap(pageNumberIn)) {
          const isTrue = Number(page) === index + 1 && Number(of) === pages.length
          assert.ok(isTrue, `page ${index + 1} of ${pages.length} says "${said}"`)
        }
    },
    mutations: [
      drawn('another page', unchanged, () => ['Page 2 of 3']),
      drawn('another count', unchanged, () => ['Page 1 of 0']),
    ],
  },
  {
    id: 'CONTENT-010',
    title: 'The document for a workspace without organizations shows none',
    level: 'contract',
    source: 'report#an-empty-workspace-has-a-report',
    covers: operation.documented(200),
    needs: ['emptyWorkspace', 'organizations'],
    async run(target, context) {
      const response = await target.request({ workspace: context.profile.emptyWorkspace!.id })
      assertStatus(response, [200], 'a member who asks for a workspace without organizations')
      const others = [...(await context.organizations()), ...(context.profile.foreignOrganizations ?? [])]
      const { verdict, findings } = await context.documents.judge(response.body, {
        organizations: [],
        foreign: others,
      })
      assert.ok(verdict !== 'broken', `the document cannot be read: ${findings[0]?.message}`)
      const wrong: FindingKind[] = ['foreign-organization', 'placeholder-text']
      const found = findings.filter(({ kind }) => wrong.includes(kind))
      assert.ok(found.length === 0, list(found.map(({ message }) => message)))
      const linesOf = async (body: Buffer) => (await context.documents.lines(body)).flat()
      const rows = learnUsageRows(await linesOf((await target.request()).body), await context.organizations())
      const usage = findUsageIn(await linesOf(response.body), rows)
      assert.ok(
        usage === undefined,
        `nothing is used there, but the document shows: ${usage?.replaceAll('\t', ' ')}`,
      )
    },
    mutations: [
      drawn('it shows the organizations of another', unchanged),
      {
        title: 'it shows a sample',
        response: async (response, { workspace }, context) => {
          const organizations = await context.organizations()
          const used = { users: 12 }
          const sample = { ...organizations[0]!, name: 'Sample', usage: { usage: used, subtree_usage: used } }
          return { ...response, body: drawReport(workspace ? [sample] : organizations) }
        },
      },
      {
        title: 'it shows a row without data',
        response: async (response, { workspace }, context) => ({
          ...response,
          body: drawReport(workspace ? [] : await context.organizations(), ['Organization undefined']),
        }),
      },
    ],
  },
  {
    id: 'CONTENT-011',
    title: 'Two requests, between which nothing changes, are answered with the same figures',
    level: 'contract',
    source: 'report#the-same-data-the-same-report',
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const read = async (fresh: boolean) =>
        timeless(await context.documents.lines((await target.request({ fresh })).body))
      const texts = [await read(false), await read(true), await read(true)]
      const changes = () => texts.filter((text, index) => index > 0 && text !== texts[index - 1]).length
      // Usage may change during the run, but then it stays changed, and the list does too.
      if (changes() === 1) {
        texts.push(await read(true), await read(true))
        assert.ok(
          (await context.isListChanged()) !== false,
          'the document says other things than before, while the list of organizations is the same',
        )
      }
      if (changes() > 1) await requireSteadyList(context)
      assert.ok(changes() <= 1, `${texts.length} documents in a row say different things`)
    },
    mutations: [
      {
        title: 'the figures are different each time',
        response: async (response, _, context) => {
          const noise = {
            ...(await context.organizations())[0]!,
            name: 'Noise',
            usage: { usage: { users: performance.now() }, subtree_usage: {} },
          }
          return { ...response, body: drawReport([noise]) }
        },
      },
    ],
  },
  {
    id: 'CONTENT-012',
    title: 'A total is the sum of what it totals',
    level: 'contract',
    source: 'report#totals-add-up',
    covers: operation.documented(200),
    needs: ['organizations'],
    async run(target, context) {
      const read = async (fresh: boolean) =>
        (await context.documents.lines((await target.request({ fresh })).body)).flat()
      let wrong = totalOfNothing(await read(false), [await context.organizations()])
      if (wrong !== undefined && context.listsOrganizations) {
        // Usage may have changed between document and list.
        const before = await context.organizationsNow()
        wrong = totalOfNothing(await read(true), [before, await context.organizationsNow()])
      }
      assert.ok(
        wrong === undefined,
        `no sum of the organizations' figures is in: ${wrong?.replaceAll('\t', ' ')}`,
      )
      await assertNoFindings(target, context, ['wrong-total'])
    },
    mutations: [
      drawn('a total that is none', unchanged, () => ['Total 987654']),
      {
        title: 'a total below a column leaves an organization out',
        response: async (response, _, context) => {
          const organizations = await context.organizations()
          const counted = organizations.slice(1).map(({ usage }) => usage.usage.users ?? 0)
          const total = counted.reduce((sum, figure) => sum + figure, 0)
          return { ...response, body: drawTable(organizations, 'users', total) }
        },
      },
    ],
  },
  {
    id: 'CONTENT-013',
    title: 'The text of the document can be searched, copied and read aloud',
    level: 'advice',
    source: 'report#text-that-can-be-read',
    covers: operation.documented(200),
    needs: [],
    async run(target, { documents }) {
      const { unreadable } = await documents.text((await target.request()).body)
      assert.ok(unreadable === null, unreadable ?? '')
    },
    mutations: [painted('a picture of the page', '500 0 0 700 40 60 cm /Picture Do')],
  },
  {
    id: 'CONTENT-014',
    title: 'No page is blank',
    level: 'advice',
    source: 'report#a-document-that-opens',
    covers: operation.documented(200),
    needs: [],
    async run(target, { documents, profile }) {
      const exports = [
        { request: {}, where: '' },
        ...(profile.emptyWorkspace
          ? [{ request: { workspace: profile.emptyWorkspace.id }, where: ' for the empty workspace' }]
          : []),
      ]
      for (const { request, where } of exports) {
        const { pages } = await documents.text((await target.request(request)).body)
        const blank = pages.flatMap(({ isBlank }, index) => (isBlank ? [index + 1] : []))
        assert.ok(blank.length === 0, `nothing is on page ${blank.join(', ')} of ${pages.length}${where}`)
      }
    },
    mutations: [
      painted('a page without anything', ''),
      painted(
        'boxes around text whose font is missing',
        '50 50 200 20 re S BT /None 12 Tf 60 55 Td (HQ) Tj ET',
      ),
      {
        title: 'an empty page for an empty workspace',
        response: (response, { workspace }) => (workspace ? { ...response, body: drawPage('') } : response),
      },
    ],
  },
  {
    id: 'CONTENT-015',
    title: 'However it is asked for, the document says the same',
    level: 'contract',
    source: 'report#the-same-data-the-same-report',
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const { documents, keyring } = context
      const say = async (body: Buffer) => timeless(await documents.lines(body))
      const first = await say((await target.request()).body)
      const authorization = `bearer ${keyring.token('member')}`
      const ways: typeof requestVariants = [
        ...requestVariants,
        ['the scheme in small letters', { as: { authorization, label: 'member token' } }],
      ]
      for (const [what, request] of ways) {
        const response = await target.request(request)
        if (response.status !== 200) continue
        const said = await say(decodeContent(response))
        // Usage may have changed since the first request.
        if (said === first || said === (await say((await target.request({ fresh: true })).body))) continue
        await requireSteadyList(context)
        assert.fail(`with ${what}, the document says other things than without`)
      }
    },
    mutations: [
      {
        title: 'another document for those who accept gzip',
        response: async (response, { headers }, context) =>
          headers?.['Accept-Encoding'] === 'gzip'
            ? {
                ...response,
                headers: response.headers.filter(([name]) => !/^content-encoding$/i.test(name)),
                body: drawReport((await context.organizations()).slice(1)),
              }
            : response,
      },
      {
        title: 'another document under a query',
        response: async (response, { query }, context) =>
          query ? { ...response, body: drawReport((await context.organizations()).slice(1)) } : response,
      },
    ],
  },
  {
    id: 'CONTENT-016',
    title: 'Every organization is detailed to whoever asks later, or with a browser, as well',
    level: 'contract',
    source: 'report#the-same-data-the-same-report',
    covers: operation.documented(200),
    needs: ['organizations'],
    async run(target, context) {
      if ((await judgeExport(target, context)).verdict !== 'conforming') return
      const later: [string, RequestSpec][] = [
        ['asked for a second time', { fresh: true }],
        ['for a browser that prefers German', { headers: browserHeaders('de-CH,de;q=0.9,en;q=0.5') }],
      ]
      for (const [what, request] of later) {
        const { verdict, findings } = await judgeResponseTo(request, target, context)
        assert.ok(
          verdict !== 'nonconforming',
          `the document ${what}: ${list(findings.map(({ message }) => message))}`,
        )
      }
    },
    mutations: [
      {
        title: 'the second document lacks an organization',
        response: async (response, { fresh }, context) =>
          fresh ? { ...response, body: drawReport((await context.organizations()).slice(1)) } : response,
      },
      {
        title: 'the document for Germans lacks an organization',
        response: async (response, { headers }, context) =>
          headers?.['Accept-Language']
            ? { ...response, body: drawReport((await context.organizations()).slice(1)) }
            : response,
      },
    ],
  },
  {
    id: 'CONTENT-017',
    title: 'Two requests are answered with the organizations in the same order',
    level: 'advice',
    source: 'report#the-same-data-the-same-report',
    covers: operation.documented(200),
    needs: [],
    async run(target, { documents }) {
      const read = async (fresh: boolean) => documents.lines((await target.request({ fresh })).body)
      const [one, two] = [await read(false), await read(true)]
      if (timeless(one) !== timeless(two)) return
      const inOrder = (pages: string[][]) => pages.map((lines) => timeless([lines], (text) => text)).join()
      assert.ok(inOrder(one) === inOrder(two), 'two documents say the same in another order')
    },
    mutations: [
      {
        title: 'the second document is turned round',
        response: async (response, { fresh }, context) => {
          const organizations = await context.organizations()
          return { ...response, body: drawReport(fresh ? organizations.toReversed() : organizations) }
        },
      },
    ],
  },
  {
    id: 'CONTENT-018',
    title: 'No date that is shown is one that a program failed to fill in',
    level: 'contract',
    source: 'report#no-placeholders',
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const names = context.profile.workspace.organizations
        ? (await context.organizations()).map(({ name }) => name)
        : []
      for (const [index, lines] of (await context.documents.lines((await target.request()).body)).entries()) {
        const zero = lines
          .filter((line) => !names.some((name) => findZeroDate(name) && line.includes(name)))
          .flatMap((line) => findZeroDate(line) ?? [])[0]
        assert.ok(zero === undefined, `page ${index + 1} shows ${zero}, which is the zero of a clock`)
      }
    },
    mutations: [
      drawn('the zero of Unix', unchanged, () => ['As of 1 January 1970']),
      drawn('the zero of .NET', unchanged, () => ['Created 01/01/0001']),
    ],
  },
]

/** Where the API is the oracle and its list changes as well, differences prove nothing. */
async function requireSteadyList(context: RunContext): Promise<void> {
  if (await context.isListChanged())
    throw new SetupError(
      'the list of organizations changes from one request to the next, and the document too',
    )
}

/** A line of totals none of which is a sum of the organizations' figures, in any of these states of them. */
function totalOfNothing(lines: string[], states: Organization[][]): string | undefined {
  const sums = states.map(sumsOf)
  return lines
    .map(withoutTime)
    .filter((text) => /^\s*(?:grand )?total\b/i.test(text) && isOfUsage(text))
    .find((text) => {
      const numbers = (
        text.match(/(?<!\d)\d+(?:[.,\u00a0\u202f\u2019' ]\d{3}){0,6}(?!\d|\s{0,2}%)/g) ?? []
      ).map((found) => Number(found.replaceAll(/\D/g, '')))
      return numbers.length > 0 && !numbers.some((number) => sums.some((known) => known.has(number)))
    })
}

/** Whether a total is of nothing but what organizations use: a cost, a capacity or a count of pages adds up otherwise. */
const isOfUsage = (text: string) => !/\p{L}{3}/u.test(text.replaceAll(wordsOfUsage, ''))

const wordsOfUsage = new RegExp(
  `\\b(?:${[
    ...productTypes.map(({ key }) => typeWords(key)),
    'grand|totals?|sum|all|organi[sz]ations?|usage|used?|limits?|direct|own|subtree|and|the|in|of',
  ].join('|')})\\b`,
  'gi',
)

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
