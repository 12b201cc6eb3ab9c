import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import { findMisfit } from '../../../spec/schema.ts'
import type { RunContext } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import { readJsonBody } from '../../http/json-body.ts'
import type { RequestSpec } from '../../http/request.ts'
import { describeResponse, mediaTypeOf, type ReceivedResponse } from '../../http/response.ts'
import { SetupError } from '../../setup-error.ts'
import { assertStatus } from '../assertions/assertions.ts'
import type { Check } from '../check.ts'
import { credentialsIgnored, withBody, withHeader, withResponse, withStatus } from '../mutations/mutations.ts'
import {
  documentedPart,
  findNeighbours,
  json,
  type Neighbour,
  pathOf,
  successOf,
} from '../probes/neighbours.ts'

const source = 'openapi#/paths' as const

/** Sends a request to every neighbour, as the member unless `request` says otherwise. */
async function requestEach(
  target: Target,
  context: RunContext,
  judge: (response: ReceivedResponse, neighbour: Neighbour, name: string) => void,
  request: (neighbour: Neighbour) => RequestSpec | undefined = () => ({}),
): Promise<void> {
  const neighbours = await findNeighbours(target, context.profile.workspace.id)
  for (const neighbour of neighbours) {
    const spec = request(neighbour)
    if (!spec) continue
    const path = spec.path ?? neighbour.path
    judge(await target.request({ headers: json, ...spec, path }), neighbour, `GET ${path}`)
  }
}

/** No request for the operations that need no credentials. */
const withoutCredentials = ({ operation }: Neighbour): RequestSpec | undefined =>
  operation.isPublic ? undefined : { as: 'nobody' }

const isWorkspaces = ({ ids, operation }: Neighbour) => 'workspaceId' in ids && !operation.isPublic

const statusesOf = (responses: { status: number }[]) => responses.map(({ status }) => status)

/** How the content of a response contradicts what the contract says for its status. */
function findContractViolation(
  response: ReceivedResponse,
  { operation }: Neighbour,
  view: (schema: object) => object,
): string | undefined {
  const documented = operation.responses.find(({ status }) => status === response.status)
  if (!documented || documented.mediaTypes.length === 0) return undefined
  const type = mediaTypeOf(response)
  if (!documented.mediaTypes.includes(type))
    return `has the media type ${type || '(none)'}; expected ${documented.mediaTypes.join(' or ')}`
  const content = readJsonBody(response.body)
  if (content === undefined) return 'is no JSON'
  const schema = documented.schemas[type]
  const misfit = schema && findMisfit(view(schema), content)
  return misfit && `does not fit its schema: ${misfit}`
}

const pruned = new WeakMap<object, object>()
const asDocumented = (schema: object) => {
  const known = pruned.get(schema) ?? documentedPart(schema)
  pruned.set(schema, known)
  return known
}

const isList = ({ path }: RequestSpec) => path?.endsWith('/organizations') ?? false
const isAlone = ({ path }: RequestSpec) => /\/organizations\/[^/]+$/.test(path ?? '')

/** The operations beside the export that read; judged only where the profile says `operations: all`. */
export const neighbours: Check[] = [
  {
    id: 'NEIGHBOUR-001',
    title: 'The member finds what each reading operation documents',
    level: 'contract',
    source,
    covers: [],
    needs: ['allOperations'],
    async run(target, context) {
      await requestEach(target, context, (response, { operation }, name) =>
        // Branding is shown to everybody, where there is any.
        assertStatus(
          response,
          statusesOf(operation.isPublic ? operation.responses : successOf(operation)),
          `${name} by the member`,
        ),
      )
    },
    mutations: [withStatus(500), withStatus(404, isAlone)],
  },
  {
    id: 'NEIGHBOUR-002',
    title: 'What the member finds has the documented media type and form',
    level: 'contract',
    source,
    covers: [],
    needs: ['allOperations'],
    async run(target, context) {
      await requestEach(target, context, (response, neighbour, name) => {
        const fault =
          response.status < 300 ? findContractViolation(response, neighbour, asDocumented) : undefined
        assert.ok(!fault, `the answer ${response.status} to ${name} ${fault}`)
      })
    },
    mutations: [
      withHeader('Content-Type', 'text/html'),
      withBody('JSON is cut off', (body) => body.subarray(0, body.length - 1)),
      withBody('numbers are written as text', (body) => body.toString('utf8').replace(/:(\d+)/g, ':"$1"')),
    ],
  },
  {
    id: 'NEIGHBOUR-003',
    title: 'What the member finds has the form that public pages suggest',
    level: 'advice',
    source,
    covers: [],
    needs: ['allOperations'],
    async run(target, context) {
      await requestEach(target, context, (response, neighbour, name) => {
        const fault =
          response.status < 300 ? findContractViolation(response, neighbour, (schema) => schema) : undefined
        assert.ok(!fault, `the answer ${response.status} to ${name} ${fault}`)
      })
    },
    mutations: [
      withBody('organizations have no name', (body) => body.toString('utf8').replace(/"name":/g, '"title":')),
    ],
  },
  {
    id: 'NEIGHBOUR-004',
    title: 'Without credentials, no operation but the public ones gives anything but 401',
    level: 'contract',
    source: 'openapi#/security',
    covers: [],
    needs: ['allOperations'],
    async run(target, context) {
      await requestEach(
        target,
        context,
        (response, _, name) => assertStatus(response, [401], `${name} without credentials`),
        withoutCredentials,
      )
    },
    mutations: [credentialsIgnored],
  },
  {
    id: 'NEIGHBOUR-005',
    title: 'Somebody without access finds nothing of the workspace',
    level: 'contract',
    source: 'owasp#0xa1-broken-object-level-authorization',
    covers: [],
    needs: ['allOperations', 'outsider'],
    async run(target, context) {
      const { outsider } = context.profile.expect
      await requestEach(
        target,
        context,
        (response, _, name) =>
          assertStatus(
            response,
            outsider === 'either' ? [403, 404] : [outsider],
            `${name} by somebody without access`,
          ),
        (neighbour) => (isWorkspaces(neighbour) ? { as: 'outsider' } : undefined),
      )
    },
    mutations: [credentialsIgnored],
  },
  {
    id: 'NEIGHBOUR-006',
    title: 'Nothing is found in a workspace that does not exist',
    level: 'contract',
    source,
    covers: [],
    needs: ['allOperations'],
    async run(target, context) {
      const workspaceId = context.unknownWorkspace
      await requestEach(
        target,
        context,
        (response, _, name) => assertStatus(response, [404, 403], `${name}, of an unknown workspace,`),
        (neighbour) =>
          isWorkspaces(neighbour)
            ? { path: pathOf(neighbour.operation, { ...neighbour.ids, workspaceId }) }
            : undefined,
      )
    },
    mutations: [
      withResponse(
        'an unknown workspace is an empty list',
        200,
        { 'Content-Type': 'application/json' },
        '{}',
      ),
    ],
  },
  {
    id: 'NEIGHBOUR-007',
    title: 'An organization is the same in the list and alone',
    level: 'contract',
    source,
    covers: [],
    needs: ['allOperations'],
    async run(target, context) {
      const found = await findNeighbours(target, context.profile.workspace.id)
      const pathFor = (id: string) => found.find(({ operation }) => operation.operationId === id)?.path
      const [list, alone] = [pathFor('listOrganizations'), pathFor('retrieveOrganization')]
      if (!list || !alone) throw new SetupError('no organization is listed')
      const [listed, retrieved, again] = [
        await target.request({ path: list, headers: json }),
        await target.request({ path: alone, headers: json }),
        await target.request({ path: list, headers: json, fresh: true }),
      ]
      const first = ({ body }: ReceivedResponse) =>
        (readJsonBody(body) as { data?: unknown[] } | undefined)?.data?.[0]
      if (!isDeepStrictEqual(first(listed), first(again)))
        throw new SetupError('the organization changed while it was read')
      assertStatus(retrieved, [200], `GET ${alone} by the member`)
      assert.deepEqual(
        readJsonBody(retrieved.body),
        first(listed),
        `GET ${alone} is answered ${describeResponse(retrieved)}, otherwise than GET ${list} lists the organization`,
      )
    },
    mutations: [
      withBody(
        'it has other figures alone',
        (body) => body.toString('utf8').replace(/\d(?=[,}])/, '$&1'),
        isAlone,
      ),
      withBody(
        'it has another name in the list',
        (body) => body.toString('utf8').replace('"name":"', '$&X'),
        isList,
      ),
    ],
  },
  {
    id: 'NEIGHBOUR-008',
    title: 'A refusal has the documented fields of an error',
    level: 'advice',
    source: 'openapi#/components/schemas/Problem',
    covers: [],
    needs: ['allOperations'],
    async run(target, context) {
      await requestEach(
        target,
        context,
        (response, neighbour, name) => {
          const fault = findContractViolation(response, neighbour, asDocumented) ?? missingField(response)
          assert.ok(!fault, `the answer ${response.status} to ${name} without credentials ${fault}`)
        },
        withoutCredentials,
      )
    },
    mutations: [
      withBody('the body is empty', () => ''),
      withBody('the code is not given', (body) => body.toString('utf8').replace('"code"', '"kode"')),
    ],
  },
]

/** The four members of every error that the public documentation shows. */
function missingField({ body }: ReceivedResponse): string | undefined {
  const error = readJsonBody(body) as Record<string, unknown> | undefined
  const missing = ['type', 'code', 'message', 'doc_url'].filter((name) => typeof error?.[name] !== 'string')
  return missing.length > 0 ? `lacks ${missing.join(', ')}` : undefined
}
