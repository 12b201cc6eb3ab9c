import { type HiddenText, linesOf, type Page } from '../../pages/page.ts'
import type { Expectation } from '../reading/expectation.ts'
import { keyOf } from '../reading/normalize.ts'
import type { Finding } from './finding.ts'

const phrases: Record<HiddenText['why'], string> = {
  invisible: 'drawn invisibly',
  transparent: 'fully transparent',
  tiny: 'too small to read',
  'off the page': 'off the page',
  clipped: 'cut off',
  background: 'in the colour of what is behind it',
  covered: 'covered by something',
  layer: 'on a hidden layer',
}

/**
 * Text in the file that no reader sees, where that matters: it names an organization that must not appear or that
 * appears nowhere else, or figures are missing that it may have been meant to show.
 */
export function findHidden(pages: Page[], expectation: Expectation, others: Finding[]): Finding[] {
  if (pages.every((page) => page.hidden.length === 0)) return []
  const visible = pages.map((page) => keyOf(linesOf(page).join(' '))).join(' ')
  const telling = [...expectation.organizations, ...(expectation.foreign ?? [])]
    .map(({ name }) => keyOf(name))
    .filter((name) => name.length > 2 && !visible.includes(name))
  // What a page break cuts off stands on the next page; only other ways of hiding take figures away.
  const missing = new Set(
    others.flatMap(({ kind, expected }) => (kind.startsWith('missing-') ? (expected ?? []) : [])),
  )
  return pages.flatMap((page) => {
    const said = page.hidden.filter(({ text, why }) => {
      const key = keyOf(text)
      const figures = why === 'clipped' ? [] : text.split(' ').map((word) => word.replace(/\D/g, ''))
      return telling.some((name) => key.includes(name)) || figures.some((figure) => missing.has(figure))
    })
    const [first] = said
    if (!first) return []
    const text = said.map((each) => each.text).join(' ')
    return [
      {
        kind: 'invisible-text' as const,
        found: text.slice(0, 120),
        page: page.number,
        message: `Text that cannot be seen (${phrases[first.why]}): "${text.slice(0, 60)}" (page ${page.number})`,
        box: first.box,
      },
    ]
  })
}
