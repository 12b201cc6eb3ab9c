import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { followImports } from './module-graph.ts'

/** What follows from `main.js` among these files. */
function followed(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'modules-'))
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
    const { files: found, packages } = followImports(folder, ['main.js'])
    return { files: [...found].sort(), packages: [...packages] }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('modules are found through imports of every form', () => {
  const files = {
    'main.js': "import { a } from './a.js'\nawait import('./b.js')\nexport * from './c.js'",
    'a.js': "import yaml from 'yaml'\nimport fs from 'node:fs'",
    'b.js': "import.meta.resolve('@scope/tool/main.js')",
    'c.js': '',
    'unused.js': '',
  }
  expect(followed(files)).toEqual({
    files: ['a.js', 'b.js', 'c.js', 'main.js'],
    packages: ['yaml', '@scope/tool'],
  })
})

test('an import of a name that is known at run time is one of every module of its folder', () => {
  const files = {
    'main.js': ['await import(rewritten(`./words/', '{name}`))'].join('$'),
    'words/en.js': "import '../shared.js'",
    'words/de.js': '',
    'words/de.d.ts': '',
    'shared.js': '',
  }
  expect(followed(files).files).toEqual(['main.js', 'shared.js', 'words/de.js', 'words/en.js'])
})
