import { globSync, readFileSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import { expect, test } from 'vitest'
import config from './vitest.config.ts'

interface Project {
  test: { name: string; include: string[]; exclude: string[] }
}
const projects = config.test?.projects as Project[]
const files = globSync('**/*.test.ts', { exclude: ['**/node_modules', '**/dist'] })

const projectsOf = (file: string): string[] =>
  projects
    .map(({ test }) => test)
    .filter(({ include }) => include.some((pattern) => matchesGlob(file, pattern)))
    .filter(({ exclude }) => !exclude.some((pattern) => matchesGlob(file, pattern)))
    .map(({ name }) => name)

test('every test file belongs to exactly one project', () => {
  expect(files.length).toBeGreaterThan(100)
  expect(files.map((file) => [file, projectsOf(file)]).filter(([, names]) => names?.length !== 1)).toEqual([])
})

/** What opens sockets or starts processes and threads, or is given by the set-up of another project. */
const impure =
  /from '(supertest|node:(http|https|net|child_process|worker_threads)|[./\w-]*\/(app|main|vitest\.api|vitest\.deployment)\.ts)'|\binject\(/

test('unit tests need no server and no process', () => {
  const unit = files.filter((file) => projectsOf(file).includes('unit'))
  expect(unit.length).toBeGreaterThan(40)
  expect(unit.filter((file) => impure.test(readFileSync(file, 'utf8')))).toEqual([])
})
