import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { explainUnsupportedNode, oldestNode } from './node-version.js'

test('the oldest supported Node is the one of package.json', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(engines.node).toBe(`>=${oldestNode}`)
})

test.each(['20.20.2', '22.0.0', '24.17.9'])('Node %s is refused in words', (version) => {
  expect(explainUnsupportedNode(version, '/usr/bin/node')).toBe(
    `altostrat-contract needs Node 24.18 or newer; this is Node ${version} (/usr/bin/node).
Install a current Node, or put one beside this package: npm install node@24`,
  )
})

test.each(['24.18.0', '24.21.0', '25.0.0'])('Node %s is accepted', (version) => {
  expect(explainUnsupportedNode(version, '/usr/bin/node')).toBeUndefined()
})
