import { describe, expect, test } from 'vitest'
import { judgePages } from '../../conformance/pdf/judge/judge.ts'
import { languages } from '../../conformance/pdf/judge/vocabulary/languages.ts'
import type { Organization } from '../../fixtures/organization.ts'
import { sample } from '../../vitest.sampling.ts'
import { organizationsOf } from './corpus/organizations.ts'
import { type LocalWording, localWording, usual } from './languages/local-wording.ts'
import { PageDrawer } from './languages/page-drawer.ts'

const types = ['locations', 'users', 'sso'] as const
const ends = [330, 400, 480, 550, 630, 700]

/** A row of the table: a name or words for a sum, and the figures of each type; sums have no limits. */
interface Row {
  text: string
  used: number[]
  limits?: (number | null)[]
}

/** An organization at the top with all below it, in the order of the data. */
function branchesOf(organizations: Organization[]): Organization[][] {
  const branches: Organization[][] = []
  for (const each of organizations) {
    if (each.parent_org_id === null) branches.push([])
    branches.at(-1)!.push(each)
  }
  return branches
}

const usageOf = (of: Organization[], role: 'usage' | 'subtree_usage') =>
  types.map((type) => of.reduce((sum, { usage }) => sum + (usage[role][type] ?? 0), 0))

const rowOf = (each: Organization, role: 'usage' | 'subtree_usage'): Row => ({
  text: each.name,
  used: usageOf([each], role),
  limits: types.map((type) => each.limits[type] ?? null),
})

interface Words {
  total: string
  subtotal: string
}

/** Where a report may have sums, and what they are the sums of. */
const layouts: Record<string, (organizations: Organization[], words: Words) => Row[]> = {
  'a total below all': (organizations, { total }) => [
    ...organizations.map((each) => rowOf(each, 'usage')),
    { text: total, used: usageOf(organizations, 'usage') },
  ],
  'a total of subtrees': (organizations, { total }) => [
    ...organizations.map((each) => rowOf(each, 'subtree_usage')),
    {
      text: total,
      used: usageOf(
        organizations.filter(({ parent_org_id }) => !parent_org_id),
        'subtree_usage',
      ),
    },
  ],
  'a subtotal with the name below each branch': (organizations, { subtotal, total }) => [
    ...branchesOf(organizations).flatMap((branch) => [
      ...branch.map((each) => rowOf(each, 'usage')),
      { text: `${subtotal} ${branch[0]!.name}`, used: usageOf(branch, 'usage') },
    ]),
    { text: total, used: usageOf(organizations, 'usage') },
  ],
  'a subtotal without a name below each branch': (organizations, { subtotal, total }) => [
    ...branchesOf(organizations).flatMap((branch) => [
      ...branch.map((each) => rowOf(each, 'usage')),
      { text: subtotal, used: usageOf(branch, 'usage') },
    ]),
    { text: total, used: usageOf(organizations, 'usage') },
  ],
  'running subtotals': (organizations, { subtotal }) =>
    branchesOf(organizations).flatMap((branch, at, all) => [
      ...branch.map((each) => rowOf(each, 'usage')),
      { text: subtotal, used: usageOf(all.slice(0, at + 1).flat(), 'usage') },
    ]),
}

function judged(organizations: Organization[], words: LocalWording, rows: Row[]) {
  const page = new PageDrawer(words.isRightToLeft)
  const heads = types.map((type) => words.types[type]!)
  for (const [at, head] of heads.entries())
    page.text((ends[2 * at]! + ends[2 * at + 1]!) / 2 - 20, head, { bold: true, align: 'center' })
  page.y += 13
  const line = (cells: string[], bold = false) => {
    for (const [at, cell] of cells.entries())
      page.text(at === 0 ? 40 : ends[at - 1]!, cell, { bold, align: at === 0 ? 'start' : 'end' })
    page.y += 14
  }
  line([words.name, ...types.flatMap(() => [words.direct, words.limit])], true)
  for (const { text, used, limits } of rows) {
    const limit = (at: number) => {
      const own = limits?.[at]
      return limits === undefined
        ? ''
        : own === null
          ? words.none
          : own === 0
            ? words.zero
            : words.write(`${own}`)
    }
    line([text, ...types.flatMap((_, at) => [words.write(`${used[at]}`), limit(at)])], limits === undefined)
    page.ensureRoom(14)
  }
  const { verdict, findings } = judgePages(page.pages(), { organizations })
  return { verdict, found: findings.map(({ kind, field, expected }) => ({ kind, field, expected })) }
}

/** Draws of organizations with several branches. */
const drawn = [51, 52, 53, 54, 55, 56]
  .map((seed) => organizationsOf(seed, 14))
  .filter((organizations) => branchesOf(organizations).length > 2)
  .slice(0, 2)

const tags = [...languages]
  .filter(([tag]) => !['ar', 'he'].includes(tag))
  .map(([tag, { name }]) => ({ tag, name }))

describe.each(sample(9, tags))('$name', ({ tag }) => {
  const words = localWording(tag, 'subtree')
  const { total, subtotal } = languages.get(tag)!
  const sums = { total: usual(total), subtotal: usual(subtotal) }

  test.each(Object.keys(layouts))(
    '%s: right sums are right, one wrong sum of any is found alone',
    (layout) => {
      for (const organizations of drawn) {
        const rows = () => layouts[layout]!(organizations, sums)
        expect(judged(organizations, words, rows())).toEqual({ verdict: 'conforming', found: [] })
        const last = rows().length - 1
        const first = rows().findIndex(({ limits }) => limits === undefined)
        for (const at of new Set([first, last]))
          for (const [nth, type] of types.entries()) {
            const wrong = rows()
            const expected = wrong[at]!.used[nth]!
            wrong[at]!.used[nth] = expected + 3
            expect(judged(organizations, words, wrong)).toEqual({
              verdict: 'nonconforming',
              found: [{ kind: 'wrong-total', field: type, expected: `${expected}` }],
            })
          }
      }
    },
  )
})

test.each(Object.keys(layouts).filter((layout) => !layout.includes('without a name')))(
  '%s, in words that no language has: rows of right sums are no foreign organizations',
  (layout) => {
    for (const organizations of drawn) {
      const rows = layouts[layout]!(organizations, { total: 'Nurkax', subtotal: 'Zobexi' })
      expect(judged(organizations, localWording('en', 'subtree'), rows)).toEqual({
        verdict: 'conforming',
        found: [],
      })
    }
  },
)
