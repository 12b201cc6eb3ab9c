import { expect, test } from 'vitest'
import { Labels } from './labels.ts'

const labels = new Labels(['locations', 'users', 'sso', 'api_keys'])
const figures = (text: string) => labels.read(text).figures.map(({ what }) => what)

test.each([
  ['Users in use', 'users'],
  ['Single sign-on quota', 'sso'],
  ['Standorte', 'locations'],
  ['API keys', 'api_keys'],
  ['Seats', 'users'],
])('%s is about %s', (text, type) => {
  expect(labels.typeOf(text)).toBe(type)
})

test.each([
  ['Own limit', ['limit']],
  ['Effective limit', ['other']],
  ['Direct', ['direct']],
  ['Incl. children', ['subtree']],
  ['Remaining', ['other']],
  ['Verbrauch', ['usage']],
])('%s names %j', (text, expected) => {
  expect(figures(text)).toEqual(expected)
})
