import assert from 'node:assert/strict'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import { assertEqual, isPdf } from '../assertions/assertions.ts'
import type { Check } from '../check.ts'
import { everythingServed } from '../mutations/mutations.ts'
import { requestNormalized } from '../probes/normal-form.ts'

/** Other spellings of the operation's path that routers and proxies may take for the same resource. */
function aliases({ pathOf, fileName }: DownloadOperation, workspace: string): string[] {
  const path = pathOf(workspace)
  const [folder = ''] = /\/[^/]+(?=\/[^/]+$)/.exec(path) ?? []
  const initial = fileName.charCodeAt(0).toString(16)
  const [base = '', extension = ''] = fileName.split('.')
  return [
    `${path}/`,
    `/${path}`,
    path.replace(folder, `/${folder}`),
    path.replace(folder, `/.${folder}`),
    path.replace(folder, `/x/..${folder}`),
    `${path}//`,
    `${path}/.`,
    path.replace(fileName, fileName.toUpperCase()),
    path.replace(fileName, `${base}.${extension.toUpperCase()}`),
    path.replace(fileName, base[0]!.toUpperCase() + fileName.slice(1)),
    path.replace(fileName, `${base}.${extension[0]!.toUpperCase()}${extension.slice(1)}`),
    path.replace(fileName, base),
    path.replace(folder, folder.toUpperCase()),
    path.replace(fileName, `%${initial}${fileName.slice(1)}`),
    path.replace(fileName, `%25${initial}${fileName.slice(1)}`),
    path.replace(fileName, fileName.replace('.', '%2e')),
    path.replace(`/${fileName}`, `%2f${fileName}`),
    path.replace(`/${fileName}`, `%5c${fileName}`),
    path.replace(folder, folder.replace('/', '\\')),
    `${path};x=1`,
    `${path};x`,
    `${path}%3bx=1`,
    path.replace(fileName, `;x=1/${fileName}`),
    `${path}.json`,
    `${path}.html`,
    `${path}.${extension}`,
    `${path}.`,
    `${path}%00`,
    `${path}%20`,
    `${path}%0a`,
    `${path}%3f`,
    `${path}%23`,
    path.replace('/workspaces', '/Workspaces'),
  ]
}

/** The operation under other spellings of its path. */
export const paths = (operation: DownloadOperation): Check[] => [
  {
    id: 'PATH-001',
    title: 'No other spelling of the path gives the document without credentials',
    level: 'contract',
    source: 'owasp#0xa2-broken-authentication',
    covers: operation.documented(401),
    needs: [],
    async run(target, { profile }) {
      for (const path of aliases(operation, profile.workspace.id)) {
        const response = await target.requestRaw({ as: 'nobody', path })
        assert.ok(
          !isPdf(response),
          `GET ${path} without credentials is answered ${response.status} with a PDF`,
        )
      }
    },
    mutations: [everythingServed],
  },
  {
    id: 'PATH-002',
    title: 'No other spelling of the path gives the document to somebody without access',
    level: 'contract',
    source: 'owasp#0xa1-broken-object-level-authorization',
    covers: operation.documented(403),
    needs: ['outsider'],
    async run(target, { profile }) {
      for (const path of aliases(operation, profile.workspace.id)) {
        const response = await target.requestRaw({ as: 'outsider', path })
        assert.ok(
          !isPdf(response),
          `GET ${path} by somebody without access is answered ${response.status} with a PDF`,
        )
      }
    },
    mutations: [everythingServed],
  },
  {
    id: 'PATH-003',
    title: 'Percent-encoding characters that need none does not change which workspace is meant',
    level: 'http',
    source: 'rfc9110#4.2.3',
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const { id } = context.profile.workspace
      const encoded = `%${id.charCodeAt(0).toString(16).toUpperCase()}${encodeURIComponent(id.slice(1))}`
      const path = operation.pathWithSegment(encoded)
      const response = await requestNormalized(target, path, context)
      assertEqual(response.status, 200, `the status for ${path}, an equivalent spelling`)
    },
    mutations: [
      {
        title: 'the encoding is not undone',
        request: (request) => ({ ...request, path: request.path!.replace('%', '%25') }),
      },
    ],
  },
]
