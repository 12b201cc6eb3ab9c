import { expect, test } from 'vitest'
import type { Segment } from '../../pages/page.ts'
import { Labels } from '../vocabulary/labels.ts'
import { legendIn } from './legend.ts'

const segment = (text: string) => ({ text }) as Segment

test('signs and short words mean what the legend says', () => {
  const labels = new Labels(['locations', 'users', 'sso'])
  const legend = legendIn(
    [segment('▲ = Standorte, Ben. = Benutzer, SSO = SSO; u = Verbrauch'), segment('Users = 12')],
    labels,
  )
  expect(legend.map(([sign]) => sign)).toEqual(['▲', 'Ben.', 'u'])
  expect(labels.typeOf('▲ u')).toBeNull()
  for (const [sign, meaning] of legend) labels.learn(sign, meaning)
  expect(labels.typeOf('▲ u')).toBe('locations')
  expect(labels.typeOf('Ben. u')).toBe('users')
  expect(labels.read('▲ u').figures.map(({ what }) => what)).toEqual(['usage'])
})

test('a meaning may hold a comma', () => {
  const labels = new Labels(['locations', 'users', 'sso'])
  for (const [sign, meaning] of legendIn([segment('A1 = Sites, used, A2 = Sites, limit')], labels))
    labels.learn(sign, meaning)
  expect(['A1', 'A2'].map((sign) => labels.read(sign).figures.map(({ what }) => what))).toEqual([
    ['usage'],
    ['limit'],
  ])
})
