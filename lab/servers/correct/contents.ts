import type { Organization } from '../../../fixtures/organization.ts'
import type { Behaviour } from '../behaviour.ts'
import { countOf } from '../exchange.ts'
import { referenceBehaviour } from '../reference-behaviour.ts'
import { block, blocks, type Layout } from '../report/blocks.ts'
import { type Content, contentOf } from '../report/content.ts'
import { cards, labelledRows, ratios, sentences, tables, wide } from '../report/layouts.ts'
import { embedded, type Style } from '../report/style.ts'
import { withBody, withoutHeaders } from '../response.ts'
import { organizationsOf, type SeedData } from '../seed-data.ts'
import { inArea } from './area.ts'

const laidOut = (layout: Layout, change: Partial<Style> = {}): Partial<Behaviour> => ({
  layout,
  style: change,
})

const sorted = (content: Content): Content => ({
  ...content,
  entries: content.entries.toSorted((left, right) => left.name.localeCompare(right.name)),
})

const grouped = (separator: string) => (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, separator)

const german = { locations: 'Standorte', users: 'Benutzer', sso: 'Einmalanmeldung' } as Record<string, string>

/** Replaces the organizations of the member's workspace. */
const owning = (rows: Parameters<typeof organizationsOf>[2]): Partial<Behaviour> => ({
  seedData: (seedData: SeedData) => ({
    ...seedData,
    own: { ...seedData.own, organizations: organizationsOf('nw', seedData.own.id, rows) },
  }),
})

const many = Array.from({ length: 140 }, (_, index): Parameters<typeof organizationsOf>[2][number] => [
  `Branch ${index + 101}`,
  null,
  { users: index * 7 + 3, locations: index % 5 },
  index % 3 === 0 ? {} : { users: index * 9 + 11 },
])

/** Other layouts, languages and data. */
export const contents = inArea('content', [
  {
    id: 'name-shared',
    title: 'has an organization of the same name in two workspaces',
    oracle: 'api' as const,
    behaviour: {
      seedData: (seedData) => ({
        ...seedData,
        foreign: {
          ...seedData.foreign,
          organizations: seedData.foreign.organizations.map((one) =>
            one.name === 'Hobby Custodians' ? { ...one, name: 'Field Service' } : one,
          ),
        },
      }),
    },
  },
  {
    id: 'list-paged',
    title: 'lists organizations five at a time',
    oracle: 'api' as const,
    behaviour: {
      respond: async (given, exchange) => {
        const response = await referenceBehaviour.respond(given, exchange)
        if (!exchange.path.endsWith('/organizations') || response.status !== 200) return response
        const { data } = JSON.parse(response.body.toString()) as { data: unknown[] }
        const start = Number(exchange.query.get('after') ?? 0)
        const end = start + 5
        const more = end < data.length
        const page = { data: data.slice(start, end), has_more: more, next_cursor: more ? `${end}` : null }
        return withBody(response, JSON.stringify(page))
      },
    },
  },
  {
    id: 'usage-grows',
    title: 'is used more and more while it is asked, which list and report show',
    oracle: 'api' as const,
    behaviour: {
      organizations: grown,
      content: (_, exchange) =>
        contentOf({ ...exchange.workspace!, organizations: grown(exchange.workspace!.organizations) }),
    },
  },
  {
    id: 'order-differs',
    title: 'reports in another order each time, and names no version of the report',
    behaviour: {
      content: (content, exchange) => {
        const turns = countOf(exchange, 'reports') % Math.max(content.entries.length, 1)
        const flat = content.entries.map((entry) => ({ ...entry, depth: 0 }))
        return { ...content, entries: [...flat.slice(turns), ...flat.slice(0, turns)] }
      },
      represent: (full) => withoutHeaders(full, 'ETag'),
    },
  },
  {
    id: 'watermark',
    title: 'prints a word in large grey letters across the rows',
    behaviour: {
      layout: (sheet, content) => {
        referenceBehaviour.layout(sheet, content)
        const { document } = sheet
        const { start, count } = document.bufferedPageRange()
        for (let at = start; at < start + count; at++) {
          document.switchToPage(at)
          sheet.artifact(() =>
            document.fontSize(80).fillColor('#eeeeee').text('DRAFT', 80, 397, { lineBreak: false }),
          )
        }
      },
    },
  },
  { id: 'layout-tables', title: 'draws a table for each product type', behaviour: laidOut(tables) },
  { id: 'layout-sentences', title: 'writes sentences, with subtree use only', behaviour: laidOut(sentences) },
  {
    id: 'layout-ratios',
    title: 'writes use and limit into one cell, with percent',
    behaviour: laidOut(ratios, { noLimit: '-' }),
  },
  {
    id: 'layout-wide',
    title: 'draws one wide row for each organization',
    behaviour: { ...laidOut(wide), options: { layout: 'landscape' } },
  },
  {
    id: 'layout-cards',
    title: 'draws cards with white names on dark, with direct use only',
    behaviour: laidOut(cards),
  },
  {
    id: 'layout-labelled-rows',
    title: 'draws a line for each product type, with a label before each figure',
    behaviour: laidOut(labelledRows),
  },
  {
    id: 'layout-letter',
    title: 'draws on letter paper in a roman font',
    behaviour: {
      ...laidOut(blocks, { fonts: { regular: 'Times-Roman', bold: 'Times-Bold' } }),
      options: { size: 'LETTER' },
    },
  },
  {
    id: 'layout-archived-apart',
    title: 'lists archived organizations apart from the others, and above both those over their limit',
    behaviour: {
      layout: (sheet, content) => {
        const { entries } = content
        const named = (name: string) => entries.filter((entry) => entry.name === name)
        blocks(sheet, { ...content, entries: named('Night Crew') })
        if (entries.length === 0) return
        const isArchived = ({ name }: (typeof entries)[number]) => /Night Crew|Dormant Branch/.test(name)
        for (const [heading, list] of Object.entries(
          Object.groupBy(entries, (entry) => (isArchived(entry) ? 'Archived' : 'Active')),
        )) {
          sheet.keep(90)
          sheet.text('H2', heading, 13, { bold: true })
          for (const entry of list!) block(sheet, entry)
        }
      },
    },
  },
  { id: 'layout-sorted', title: 'sorts organizations by name', behaviour: { content: sorted } },
  {
    id: 'fonts-embedded',
    title: 'embeds subsets of its fonts',
    behaviour: laidOut(blocks, { fonts: embedded }),
  },
  { id: 'numbers-comma', title: 'writes 1,204', behaviour: laidOut(blocks, { number: grouped(',') }) },
  { id: 'numbers-dot', title: 'writes 1.204', behaviour: laidOut(blocks, { number: grouped('.') }) },
  {
    id: 'numbers-space',
    title: 'writes 1 204 with a no-break space',
    behaviour: laidOut(blocks, { number: grouped('\u00a0') }),
  },
  {
    id: 'numbers-thin-space',
    title: 'writes 1 204 with a thin space',
    behaviour: laidOut(tables, { number: grouped('\u2009'), fonts: embedded }),
  },
  { id: 'numbers-apostrophe', title: 'writes 1’204', behaviour: laidOut(blocks, { number: grouped('’') }) },
  {
    id: 'limits-words',
    title: 'writes "unlimited" and "disabled"',
    behaviour: laidOut(blocks, { noLimit: 'unlimited', zeroLimit: 'disabled' }),
  },
  { id: 'limits-dash', title: 'writes a dash for no limit', behaviour: laidOut(blocks, { noLimit: '–' }) },
  {
    id: 'limits-blank',
    title: 'leaves the cell blank for no limit',
    behaviour: laidOut(blocks, { noLimit: '' }),
  },
  {
    id: 'limits-infinity',
    title: 'writes ∞ for no limit',
    behaviour: laidOut(tables, { noLimit: '∞', fonts: embedded }),
  },
  {
    id: 'limits-inherits',
    title: 'writes "inherits" for no limit',
    behaviour: laidOut(tables, { noLimit: 'inherits', zeroLimit: 'not allowed' }),
  },
  {
    id: 'language-german',
    title: 'writes German',
    behaviour: {
      ...laidOut(blocks, {
        product: (type) => german[type] ?? type,
        noLimit: 'kein Limit',
        zeroLimit: 'gesperrt',
        footer: (page, pages) => `Seite ${page} von ${pages}`,
        number: grouped('.'),
      }),
      options: { lang: 'de' },
    },
  },
  { id: 'footer-absent', title: 'numbers no pages', behaviour: laidOut(blocks, { footer: () => '' }) },
  {
    id: 'footer-short',
    title: 'numbers pages as 1/2',
    behaviour: laidOut(blocks, { footer: (page, pages) => `${page}/${pages}` }),
  },
  {
    id: 'totals-absent',
    title: 'shows no totals',
    behaviour: { content: (content) => ({ ...content, totals: [] }) },
  },
  {
    id: 'ids-beside-names',
    title: 'shows ids beside names',
    behaviour: {
      content: (content) => ({
        ...content,
        entries: content.entries.map((entry) => ({ ...entry, name: `${entry.name} (${entry.id})` })),
      }),
    },
  },
  {
    id: 'unused-types-left-out',
    title: 'leaves out product types that are neither used nor limited',
    behaviour: {
      content: (content) => ({
        ...content,
        entries: content.entries.map((entry) => ({
          ...entry,
          figures: entry.figures.filter(({ subtree, limit }) => subtree > 0 || limit !== null),
        })),
      }),
    },
  },
  {
    id: 'workspace-unnamed',
    title: 'does not name the workspace',
    behaviour: {
      content: (content) => ({ ...content, workspaceName: 'All organizations', workspaceId: 'by name' }),
    },
  },
  {
    id: 'many-organizations',
    title: 'reports on 140 organizations over many pages',
    behaviour: owning(many),
  },
  {
    id: 'one-organization',
    title: 'reports on a single organization without limits',
    behaviour: owning([['Solo', null, { users: 1 }, {}]]),
  },
  {
    id: 'other-scripts',
    title: 'reports on names in Greek and Cyrillic',
    behaviour: {
      ...laidOut(blocks, { fonts: embedded }),
      ...owning([
        ['Αθήνα Λογιστική', null, { users: 12 }, { users: 40 }],
        ['Киевский отдел', 'Αθήνα Λογιστική', { users: 7, locations: 2 }, { users: 9 }],
        ['Łódź Ščasná', null, { users: 31 }, { locations: 0 }],
      ]),
    },
  },
  {
    id: 'names-like-code',
    title: 'reports on organizations with names like undefined, 42 and {{x}}',
    behaviour: owning([
      ['undefined', null, { users: 12 }, { users: 40 }],
      ['42', null, { users: 7 }, { users: 9 }],
      ['{{x}} <b>&amp;</b>', null, { users: 31 }, {}],
      ['Lorem Ipsum (Null) Ltd', null, { users: 5 }, { users: 6 }],
    ]),
  },
  { id: 'oracle-api', title: 'lets its own list be the truth', oracle: 'api', behaviour: {} },
  {
    id: 'names-in-capitals',
    title: 'writes names in capitals',
    behaviour: {
      content: (content) => ({
        ...content,
        entries: content.entries.map((entry) => ({ ...entry, name: entry.name.toUpperCase() })),
      }),
    },
  },
  {
    id: 'numbers-decimal',
    title: 'writes 1,204.00',
    behaviour: laidOut(blocks, {
      number: (count) => count.toLocaleString('en', { minimumFractionDigits: 2 }),
    }),
  },
  {
    id: 'names-with-path',
    title: 'writes before each name those of the organizations above',
    behaviour: {
      content: (content) => {
        const above: string[] = []
        const entries = content.entries.map((entry) => {
          above.splice(entry.depth, above.length, entry.name)
          return { ...entry, name: above.join(' / ') }
        })
        return { ...content, entries }
      },
    },
  },
])

/** A few users more each second. */
function grown(organizations: Organization[]): Organization[] {
  const more = Math.floor(Date.now() / 1000) % 100_000
  return organizations.map((one) => {
    if (one.name !== 'Night Crew') return one
    const users = { users: 52 + more }
    return { ...one, usage: { usage: users, subtree_usage: users } }
  })
}
