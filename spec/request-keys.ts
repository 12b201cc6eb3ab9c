import type { RequestKey } from './operation.ts'

export type SecurityRequirement = Record<string, string[]>
export type SecuritySchemes = Record<string, { type: string; in?: string; name?: string; scheme?: string }>

/** The requirements that API keys and passwords alone satisfy; a mock knows neither, and takes any. */
export function keysOf(requirements: SecurityRequirement[], schemes: SecuritySchemes = {}): RequestKey[][] {
  return requirements.flatMap((requirement) => {
    const keys = Object.keys(requirement).map((name) => keyOf(schemes[name]))
    return keys.length > 0 && keys.every((key) => key !== undefined) ? [keys] : []
  })
}

function keyOf(scheme: SecuritySchemes[string] | undefined): RequestKey | undefined {
  if (scheme?.type === 'apiKey' && scheme.name) {
    return { in: scheme.in as RequestKey['in'], name: scheme.name }
  }
  return scheme?.type === 'http' && scheme.scheme?.toLowerCase() === 'basic'
    ? { in: 'header', name: 'Authorization', scheme: 'Basic' }
    : undefined
}
