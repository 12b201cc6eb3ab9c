import { expect, test } from 'vitest'
import { organizationsOf, randomFrom } from './corpus/data.ts'
import { layouts } from './corpus/layouts.ts'
import { show, spoils } from './corpus/showing.ts'
import { styles } from './corpus/styles.ts'
import { judgePdf } from './judge.ts'

/** The judgement of one layout in one wording, with or without a defect. */
async function judged(seed: number, size: number, layout: string, wording: string, spoil?: string) {
  const organizations = organizationsOf(seed, size)
  const style = styles[wording]!
  const shown = show(organizations, style)
  if (spoil) spoils[spoil]!(shown, organizations, style, randomFrom(seed))
  return judgePdf(await layouts[layout]!(shown, style), { organizations })
}

test('a figure on the last lines of a page is no page number', async () => {
  expect(await judged(2002, 30, 'miniTables', 'german')).toMatchObject({ verdict: 'conforming' })
})

test('a sentence that is there twice is a repeated organization, not a second section', async () => {
  const { findings } = await judged(1003, 12, 'prose', 'both', 'repeated row')
  expect(findings.map(({ kind }) => kind)).toEqual(['duplicate-organization'])
})

test('a heading among names, with figures below it, that names nobody known is a stranger', async () => {
  const { findings } = await judged(2002, 30, 'miniTables', 'plain', 'foreign organization')
  expect(findings.map(({ kind, name }) => [kind, name])).toEqual([
    ['foreign-organization', 'Obsidian Clockworks'],
  ])
})
