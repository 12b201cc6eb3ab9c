import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './packages.ts'

const files = ['action.yml', ...globSync('.github/workflows/*.yml', { cwd: root })]

test.each(files)('%s names every action by its commit, with the version beside it', (file) => {
  const used = [...readFileSync(join(root, file), 'utf8').matchAll(/^\s*(?:- )?uses: (?!\.\/)(.*)$/gm)]
  const pinned = /^[\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/
  expect(used.map(([, action]) => action!).filter((action) => !pinned.test(action))).toEqual([])
  expect(used.length).toBeGreaterThan(0)
})
