import { expect, test } from 'vitest'
import { ExpectedFigures } from '../reading/expectation.ts'
import { understand } from '../reading/read.ts'
import { organizationOf, pageOf } from '../vitest.pages.ts'
import { decide, explainsAllFigures, passesOver } from './decide.ts'
import { type Finding, placeOfValue } from './finding.ts'
import { type Decision, undecided } from './judge-reading.ts'

const wrong = (organization: string, field = 'limits.users'): Finding => ({
  ...{ kind: 'wrong-limit', organization, field, expected: '5', found: '6' },
  message: `${organization}: ${field}`,
})
const right: Decision = { verdict: 'conforming', findings: [], confirmed: [] }
const nonconforming = (...findings: Finding[]): Decision => ({ ...right, verdict: 'nonconforming', findings })

/** The decision among explanations of these scores; the last is the reading by labels. */
function decided(...all: [score: number, decision: Decision][]) {
  const found = all.map(([score, decision], at) => ({ score, decision, isUsual: at === all.length - 1 }))
  return decide(
    found.toSorted((a, b) => b.score - a.score),
    ({ decision }) => decision,
  )
}

test('a report that one of the best explanations finds right is right', () => {
  const loud = nonconforming(...['a', 'b', 'c', 'd', 'e'].map((each) => wrong(each)))
  expect(decided([102, nonconforming(wrong('a'))], [100, right], [40, loud])).toMatchObject({
    verdict: 'conforming',
  })
})

test('an explanation that explains clearly less excuses nothing', () => {
  const one = nonconforming(wrong('a'))
  expect(decided([120, one], [100, right], [110, one])).toMatchObject(one)
})

test('a finding is what all of the best explanations find', () => {
  const some = nonconforming(wrong('a'), wrong('b'))
  expect(decided([100, some], [99, nonconforming(wrong('b'), wrong('c'))], [98, some])).toMatchObject({
    verdict: 'nonconforming',
    findings: [wrong('b')],
  })
})

test('explanations that agree on nothing decide nothing', () => {
  const loud = nonconforming(...['p', 'q', 'r', 's', 't'].map((each) => wrong(each)))
  expect(
    decided([100, nonconforming(wrong('a'))], [99, nonconforming(wrong('b'))], [20, loud]),
  ).toMatchObject({
    verdict: 'unreadable',
  })
})

test('usage with and without all below is one figure where the data has one number for both', () => {
  const [one, other] = ['usage.subtree_usage.users', 'usage.usage.users'].map((field) => wrong('a', field))
  expect(decided([100, nonconforming(one!)], [95, nonconforming(other!)])).toMatchObject({
    verdict: 'nonconforming',
    findings: [other],
  })
})

test('the reading by labels decides nothing that the best explanations explain away', () => {
  expect(decided([100, nonconforming(wrong('a'))], [95, nonconforming(wrong('b'))]).verdict).toBe(
    'unreadable',
  )
})

test('an explanation that leaves too much open decides nothing where another one is sure', () => {
  const one = nonconforming(wrong('a'))
  expect(decided([100, undecided('too little')], [99, one], [98, one])).toMatchObject(one)
})

test('a name that one explanation misses and another finds garbled is one defect', () => {
  const missing = nonconforming({ kind: 'missing-organization', organization: 'a', message: 'missing' })
  const garbled = nonconforming({
    ...{ kind: 'unreadable-text', organization: 'a', field: 'name', message: '????' },
  })
  expect(decided([100, missing], [99, garbled])).toMatchObject({ verdict: 'nonconforming' })
})

test('figures that stand nowhere are missing, however many they are', () => {
  const absent = nonconforming(
    ...['a', 'b', 'c', 'd', 'e', 'f'].map(
      (organization): Finding => ({
        ...{
          kind: 'missing-limit',
          organization,
          field: 'limits.users',
          expected: '5',
          message: organization,
        },
      }),
    ),
  )
  expect(decided([100, undecided('too little')], [20, absent])).toMatchObject(absent)
})

test('a reading that explains all figures leaves nothing for others to explain', () => {
  const total = nonconforming({ kind: 'wrong-total', expected: '7', found: '6', message: 'total' })
  expect([right, total, nonconforming(wrong('a')), undecided('too little')].map(explainsAllFigures)).toEqual([
    ...[true, true, false, false],
  ])
})

test('a reading that gives the blamed number no meaning passes over it', () => {
  const organizations = [
    organizationOf('Amber', [417, 900], [12, null]),
    organizationOf('Basalt', [38, null], [77, 130]),
  ]
  const page = pageOf([
    [
      [40, 'Name'],
      [200, 'Users'],
      [300, 'Locations'],
    ],
    [
      [40, 'Amber'],
      [200, '417'],
      [300, '12'],
    ],
    [
      [40, 'Basalt'],
      [200, '61'],
      [300, '77'],
    ],
  ])
  const understood = understand([page], new ExpectedFigures(organizations))
  const { value } = understood.placed.find(({ value: { text } }) => text === '61')!
  const blamed: Finding = { kind: 'wrong-usage', message: '', ...placeOfValue(value) }
  expect(passesOver(understood, blamed)).toBe(false)
  expect(passesOver({ ...understood, roles: new Map() }, blamed)).toBe(true)
  expect(passesOver({ ...understood, roles: new Map() }, { ...blamed, kind: 'missing-limit' })).toBe(false)
})
