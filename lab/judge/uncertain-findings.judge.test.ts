import { describe, expect, test } from 'vitest'
import { judgePdf } from '../../conformance/pdf/judge/judge.ts'
import { layouts } from './corpus/layouts.ts'
import { mutations, type ReportRow, rowsOf } from './corpus/mutations.ts'
import { organizationsOf, randomFrom } from './corpus/organizations.ts'
import { wordings } from './corpus/wordings.ts'

const organizations = organizationsOf(1000, 12)
const unusual = wordings.unusual!
const plain = wordings.plain!
const drawn = (layout: string, rows: ReportRow[], style = unusual) => layouts[layout]!(rows, style)

describe('unknown wordings', () => {
  test.each(Object.keys(layouts))('a right file laid out as %s is not nonconforming', async (layout) => {
    const { verdict } = await judgePdf(await drawn(layout, rowsOf(organizations, unusual)), { organizations })
    expect(['conforming', 'unreadable']).toContain(verdict)
  })

  test('words do not matter where the figures tell what they are', async () => {
    const { verdict } = await judgePdf(await drawn('prose', rowsOf(organizations, unusual)), {
      organizations,
    })
    expect(verdict).toBe('conforming')
  })

  test('figures whose meaning neither words nor data tell make the file unreadable, not nonconforming', async () => {
    const others = rowsOf(organizationsOf(77, 12), unusual)
    const rows = rowsOf(organizations, unusual).map((row, at) => ({ ...row, figures: others[at]!.figures }))
    const judged = await judgePdf(await drawn('prose', rows), { organizations })
    expect(judged.verdict).toBe('unreadable')
    expect(judged.findings).toEqual([
      expect.objectContaining({
        kind: 'unreadable-text',
        message: expect.stringMatching(/cannot be told|could be found|likelier they are misread/),
      }),
    ])
  })

  test('a missing name is the one finding, whatever the figures mean', async () => {
    const rows = rowsOf(organizations, unusual)
    const defect = mutations['missing organization']!(rows, organizations, unusual, randomFrom(3))
    const judged = await judgePdf(await drawn('prose', rows), { organizations })
    expect(judged.findings.map(({ kind, organization }) => [kind, organization])).toEqual([
      ['missing-organization', defect!.victims[0]],
    ])
  })
})

describe('known wordings', () => {
  test.each(['direct', 'subtree', 'limit'] as const)(
    'a file without any %s figure is nonconforming',
    async (role) => {
      const rows = rowsOf(organizations, plain)
      for (const { figures } of rows) for (const each of Object.values(figures)) each[role] = ''
      if (role === 'direct')
        for (const { figures } of rows) for (const each of Object.values(figures)) each.subtree = ''
      const { verdict } = await judgePdf(await drawn('ratios', rows, plain), { organizations })
      expect(verdict).toBe('nonconforming')
    },
  )
})
