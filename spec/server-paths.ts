export interface ServerObject {
  url: string
  variables?: Record<string, { default: string }>
}

interface Served {
  servers?: ServerObject[]
}

/**
 * The paths of all servers that a document names for itself, a path or an operation, variables at their defaults: `['/v1']`.
 * The empty text stands for a server at the root, which is where one without servers is (OAS 3.0.3, OpenAPI Object).
 */
export function serverPathsOf({ servers, paths }: Served & { paths: Record<string, Served> }): string[] {
  const items = Object.values(paths)
  const operations = items.flatMap((item) => Object.values(item as Record<string, Served>))
  const below = [...items, ...operations].flatMap((one) => one?.servers ?? [])
  const common = servers && servers.length > 0 ? servers : [{ url: '/' }]
  return [...new Set([...common, ...below].map(pathOf))]
}

function pathOf({ url, variables = {} }: ServerObject): string {
  const filled = url.replace(/\{([^{}]*)\}/g, (_whole, name: string) => variables[name]?.default ?? '')
  const parsed = URL.parse(filled, 'http://localhost/')
  return parsed ? parsed.pathname.replace(/\/$/, '') : ''
}

/** A path of a request without that of the server it belongs to; undefined where it belongs to none. */
export function withoutServerPath(path: string, serverPaths: readonly string[]): string | undefined {
  const own = serverPaths
    .filter((base) => path === base || path.startsWith(`${base}/`))
    .sort((one, other) => other.length - one.length)[0]
  return own === undefined ? undefined : path.slice(own.length) || '/'
}
