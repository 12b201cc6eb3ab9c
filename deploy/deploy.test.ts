import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { mock } from '../cli/mock.ts'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const manifests = parseAllDocuments(read('kubernetes.yaml')).map((document) => document.toJS())
const deployments = manifests.filter(({ kind }) => kind === 'Deployment')
const containers = deployments.flatMap(({ spec }) => spec.template.spec.containers)
const options = mock.options.map(({ long }) => long)
const health = '/_mock/health'

test('the pod starts the mock with existing options and the shared signing key', () => {
  const [{ args }] = containers
  expect(args[0]).toBe('mock')
  expect(args.filter((arg: string) => arg.startsWith('--') && !options.includes(arg))).toEqual([])
  expect(args).toContain('--signing-key')
  expect(args).not.toContain('--state')
})

test('there is one pod, also during an update, because state is in its memory', () => {
  expect(deployments.map(({ spec }) => [spec.replicas, spec.strategy.type])).toEqual([[1, 'Recreate']])
})

test('no secret is checked in: the manifest names one that is created before', () => {
  expect(manifests.map(({ kind }) => kind).sort()).toEqual(['Deployment', 'Service'])
  const { name, key } = containers[0].env[0].valueFrom.secretKeyRef
  const { secret } = deployments[0].spec.template.spec.volumes[0]
  const created =
    /kubectl create secret generic (\S+) [\s\S]*?--from-file=(\S+) --from-literal=([^=]+)=/.exec(
      read('kubernetes.yaml').replaceAll('\\\n# ', ''),
    )
  expect(created?.slice(1)).toEqual([name, secret.items[0].key, key])
  expect(secret.secretName).toBe(name)
})

test('the image has the tag of this version, in the manifest and in the command that builds it', () => {
  const { version } = JSON.parse(read('../package.json'))
  const [{ image }] = containers
  expect(image).toBe(`altostrat-contract:${version}`)
  expect(read('kubernetes.yaml')).toContain(`-t ${image} .`)
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

test.each(['compose.yaml', '../README.md'])('the command of %s gives compose what it requires', (file) => {
  const commands = read(file).match(/.*docker compose -f deploy\/compose\.yaml up/g) ?? []
  expect(commands.length).toBeGreaterThan(0)
  for (const command of commands) expect(command).toMatch(/ALTOSTRAT_CONTROL_TOKEN=\S+ docker compose/)
})
