import type { RequestSpec } from '../../http/request.ts'
import { foreignOrigin } from './request-variants.ts'

/** Headers by which a request claims an identity or an origin without proof. `path` is the operation's. */
export function identitySpoofingHeaders(path: string): Record<string, string>[] {
  return [
    ...['X-Forwarded-For', 'X-Real-IP', 'X-Client-IP', 'True-Client-IP'].map((name) => ({
      [name]: '127.0.0.1',
    })),
    { Forwarded: 'for=127.0.0.1;host=localhost' },
    { 'X-Forwarded-Host': 'localhost' },
    ...['X-User-Id', 'X-User', 'X-Forwarded-User', 'X-Remote-User', 'X-Auth-User'].map((name) => ({
      [name]: 'admin',
    })),
    ...['GET', 'HEAD', 'OPTIONS'].map((method) => ({ 'X-HTTP-Method-Override': method })),
    { 'X-HTTP-Method': 'OPTIONS', 'X-Method-Override': 'OPTIONS' },
    { 'X-Original-URL': path, 'X-Rewrite-URL': path },
    // The probes of orchestrators and load balancers, which some gateways let through.
    { 'User-Agent': 'kube-probe/1.29 ELB-HealthChecker/2.0 GoogleHC/1.0' },
    { Origin: 'http://localhost:3000', Referer: 'http://localhost:3000/admin' },
    { 'X-Internal': 'true', 'X-Debug': 'true', 'X-Admin': 'true' },
    { 'X-Role': 'admin', 'X-Roles': 'admin', 'X-User-Role': 'admin', 'X-Scope': 'admin' },
    { 'Access-Control-Request-Method': 'GET', Origin: foreignOrigin },
  ]
}

/** Queries that do the same. */
export const identitySpoofingQueries = [
  'unknown-parameter=1',
  '_method=OPTIONS&method=OPTIONS',
  'debug=true&test=1&admin=1&role=admin&internal=1&public=true&user=admin&user_id=1&token=&signature=0&expires=9999999999',
]

/** Whether a request claims to be one of another method. */
export const claimsMethod = ({ headers = {} }: RequestSpec) =>
  Object.keys(headers).some((name) => /method/i.test(name))
