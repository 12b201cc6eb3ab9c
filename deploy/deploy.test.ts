import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { mock } from '../cli/mock.ts'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const containers = parseAllDocuments(read('kubernetes.yaml'))
  .map((document) => document.toJS())
  .filter(({ kind }) => kind === 'Deployment')
  .flatMap(({ spec }) => spec.template.spec.containers)
const options = mock.options.map(({ long }) => long)
const health = '/_mock/health'

test('the replicas start the mock with existing options and the shared signing key', () => {
  const [{ args }] = containers
  expect(args[0]).toBe('mock')
  expect(args.filter((arg: string) => arg.startsWith('--') && !options.includes(arg))).toEqual([])
  expect(args).toContain('--signing-key')
  expect(args).not.toContain('--state')
})

test('the probes request the path and port of the health endpoint', () => {
  const [{ readinessProbe, livenessProbe, ports }] = containers
  for (const { httpGet } of [readinessProbe, livenessProbe])
    expect(httpGet).toEqual({ path: health, port: ports[0].containerPort })
  expect(read('Dockerfile')).toContain(`http://127.0.0.1:${ports[0].containerPort}${health}`)
})

test('the image is built from existing files, and does not run as root', () => {
  const dockerfile = read('Dockerfile')
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) =>
    files.split(' '),
  )
  expect(copied).toContain('package-lock.json')
  expect(copied.filter((file) => !existsSync(new URL(`../${file}`, import.meta.url)))).toEqual([])
  expect(dockerfile).toMatch(/^USER node$/m)
})

test('the build gets every folder that it compiles', () => {
  const { include } = JSON.parse(read('../tsconfig.build.json'))
  const ignored = read('../.dockerignore').trim().split('\n')
  expect(include.filter((folder: string) => ignored.includes(folder))).toEqual([])
})

test('compose publishes on loopback only, and requires a control token', () => {
  const { services } = parse(read('compose.yaml'))
  expect(services.mock.ports).toEqual(['127.0.0.1:4010:4010'])
  expect(services.mock.environment.ALTOSTRAT_CONTROL_TOKEN).toMatch(/^\$\{ALTOSTRAT_CONTROL_TOKEN:\?/)
})
