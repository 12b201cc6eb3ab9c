import { followImports } from './module-graph.ts'
import { root } from './packages.ts'

/** What only the part "deployment" loads: the server, the suite's engine and the readers of PDF files. */
const ofDeployments = [
  'cli/own-deployment.ts',
  'conformance/engine/baseline.ts',
  'conformance/profile.ts',
  'gate/parts/deployment.ts',
]

/** The packages that `gate` loads where no deployment is verified, a name on each line. `.ci/gate` installs these. */
export function gatePackages(): string {
  const entries = ['cli/program.ts', 'cli/gate.ts', 'conformance/pdf/sandbox/child.ts']
  const { packages } = followImports(root, entries, ofDeployments)
  return `${[...packages].sort().join('\n')}\n`
}
