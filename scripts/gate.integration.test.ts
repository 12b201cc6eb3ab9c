import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { gateFormats } from '../gate/formats/index.ts'
import { partNames } from '../gate/gate-report.ts'
import { atFullSize } from '../vitest.sampling.ts'

const script = fileURLToPath(new URL('../.ci/gate', import.meta.url))
const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
const contract = read('spec/openapi.yaml')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipeline-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = (name: string) => join(folder, name)
const content = (name: string) => readFileSync(file(name), 'utf8')

/** Runs the entry file as a pipeline would: nothing of this process's environment but what is needed. */
function run(env: Record<string, string>): Promise<{ code: number; stdout: string; stderr: string }> {
  const { PATH = '', HOME = '' } = process.env
  return new Promise((resolve) => {
    execFile('bash', [script], { cwd: folder, env: { PATH, HOME, ...env } }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })
}

const github = () => ({
  GITHUB_ACTIONS: 'true',
  GITHUB_STEP_SUMMARY: file('summary.md'),
  GITHUB_OUTPUT: file('output'),
})

/** A contract whose one break the base shows. */
function broken() {
  writeFileSync(file('base.yaml'), contract)
  writeFileSync(
    file('openapi.yaml'),
    contract.replace(
      '    get:\n      operationId: listWorkspaces\n',
      '    put:\n      operationId: listWorkspaces\n',
    ),
  )
  return { GATE_SPEC: 'openapi.yaml', GATE_BASE: 'base.yaml' }
}

describe('as GitHub runs it', () => {
  atFullSize('a break is annotated at its line, stands in the summary, and blocks', async () => {
    const { code, stdout } = await run({ ...github(), ...broken() })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^::error file=openapi\.yaml,line=\d+,title=change\/[\w-]+::breaking: /m)
    const { verdict, summary } = JSON.parse(content('gate-reports/gate.json'))
    expect(stdout).toContain(`contract gate: ${verdict}, ${summary.ran} checks really ran (exit code 1)`)
    expect(summary.ran).toBeGreaterThan(6)
    expect(content('summary.md')).toContain('### What changed for you')
    expect(content('output')).toBe(`verdict=nonconforming\nchecks=${summary.ran}\nexit-code=1\n`)
    for (const report of ['gate.xml', 'gate.md', 'gate.sarif'])
      expect(existsSync(file(`gate-reports/${report}`))).toBe(true)
  })

  atFullSize('not blocking, a verdict is told and not passed on', async () => {
    const { code, stdout } = await run({ ...github(), ...broken(), GATE_BLOCKING: 'false' })
    expect(code).toBe(0)
    expect(stdout).toContain('exit code 1')
    expect(content('output')).toContain('exit-code=1')
  })

  atFullSize(
    'what could not start fails even so, with the place, and leaves no earlier report behind',
    async () => {
      const { GATE_SPEC, GATE_BASE } = broken()
      await run({ GATE_SPEC, GATE_BASE })
      writeFileSync(file('openapi.yaml'), 'openapi: 3.0.3\ninfo: [\n')
      const { code, stdout, stderr } = await run({ ...github(), GATE_SPEC, GATE_BLOCKING: 'false' })
      expect(code).toBe(2)
      expect(stdout).toMatch(/^::error file=openapi\.yaml,line=3/m)
      expect(stdout).toContain('contract gate: unstarted, 0 checks really ran')
      expect(stderr).toContain('openapi.yaml:3:')
      expect(content('summary.md')).toContain('could not start')
      expect(existsSync(file('gate-reports/gate.json'))).toBe(false)
    },
  )
})

atFullSize(
  'as GitLab runs it: a deployment is asked, and JUnit left as artifact',
  async () => {
    const member = { token: { env: 'MEMBER_TOKEN' } }
    const profile = { actors: { member }, workspace: { id: 'ws_a1b2c3d4e5f6g7h8' }, limits: { rate: 1000 } }
    writeFileSync(file('profile.json'), JSON.stringify(profile))
    const { stdout } = await run({
      GITLAB_CI: 'true',
      GATE_TARGET: inject('baseUrl'),
      GATE_PROFILE: 'profile.json',
      GATE_FAIL_ON: 'http',
      GATE_REPORTS: 'out',
      MEMBER_TOKEN: inject('tokens').owner,
    })
    expect(stdout).not.toContain('::error')
    expect(stdout).toMatch(/✓ deployment .*fails on http/)
    expect(content('out/gate.xml')).toContain('<testsuite name="deployment"')
    expect(JSON.parse(content('out/gate.codequality.json'))).toEqual(expect.any(Array))
    for (const report of ['json', 'xml', 'md', 'sarif', 'codequality.json', 'log'])
      expect(content(`out/gate.${report}`)).not.toContain(inject('tokens').owner)
  },
  60_000,
)

describe('the branch that a pull request goes to', () => {
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd, stdio: 'pipe' })
  const quick = { GATE_SPEC: 'openapi.yaml', GATE_PARTS: 'compatibility' }

  /** As a checkout of one commit: the branch of the pull request, and nothing of the other. */
  function checkOutPullRequest() {
    const origin = mkdtempSync(join(tmpdir(), 'origin-'))
    git(origin, 'init', '-q', '-b', 'main')
    const { GATE_SPEC } = broken()
    const changed = content(GATE_SPEC)
    const commit = (text: string) => {
      writeFileSync(join(origin, GATE_SPEC), text)
      git(origin, 'add', '.')
      git(origin, 'commit', '-qm', 'a contract')
    }
    commit(contract)
    git(origin, 'checkout', '-q', '-b', 'change')
    commit(changed)
    rmSync(folder, { recursive: true })
    git(tmpdir(), 'clone', '-q', '--depth=1', '--branch', 'change', `file://${origin}`, folder)
    return { [Symbol.dispose]: () => rmSync(origin, { recursive: true }) }
  }

  atFullSize('is fetched where it is missing, and compared with', async () => {
    using _ = checkOutPullRequest()
    const { code, stdout } = await run({ ...github(), ...quick, GATE_BASE: 'auto', GITHUB_BASE_REF: 'main' })
    expect(stdout).toContain('title=change/')
    expect([code, content('output')]).toEqual([1, expect.stringContaining('verdict=nonconforming')])
  })

  atFullSize('is compared with where the change left it, whatever was added to it since', async () => {
    const branch = 'release/1.x'
    writeFileSync(file('openapi.yaml'), contract.replace('operationId: listWorkspaces', 'operationId: list'))
    git(folder, 'init', '-q', '-b', 'change')
    git(folder, 'add', '.')
    git(folder, 'commit', '-qm', 'where the change left')
    writeFileSync(file('openapi.yaml'), contract)
    git(folder, 'commit', '-qam', 'in the branch since')
    git(folder, 'update-ref', `refs/remotes/origin/${branch}`, 'HEAD')
    git(folder, 'reset', '-q', '--hard', 'HEAD~1')
    const queued = { GITHUB_REF_NAME: `gh-readonly-queue/${branch}/pr-104-${'a'.repeat(40)}` }
    const { code, stdout } = await run({ ...github(), ...quick, GATE_BASE: 'auto', ...queued })
    expect(stdout).toContain(`contract gate: origin/${branch} has gone on since`)
    expect([code, stdout]).toEqual([0, expect.stringContaining('no change since git:')])
  })

  atFullSize('is nothing where there is neither a pull request nor a merge queue', async () => {
    broken()
    const { code, stdout } = await run({
      ...github(),
      GATE_SPEC: 'openapi.yaml',
      GATE_BASE: 'auto',
      GATE_ACCEPT: 'none',
    })
    expect(stdout).toContain('no pull or merge request, so there is nothing to compare with')
    expect(code).toBe(0)
  })
})

/** As GitHub writes expressions. */
const expression = (name: string) => `\${{ ${name} }}`

describe('what pipelines hand over', () => {
  const known = [...read('.ci/gate').matchAll(/\$\{(GATE_\w+)/g)].map(([, name]) => name!)
  const action = parse(read('action.yml'))
  const [header, body] = parseAllDocuments(read('.gitlab/gate.yml')).map((document) => document.toJS())

  test('the action hands every input to the script, and the script reads each', () => {
    const steps = action.runs.steps as {
      id?: string
      uses?: string
      run?: string
      env?: object
      with?: object
    }[]
    const gate = steps.find(({ id }) => id === 'gate')!
    const upload = steps.at(-1)
    const { GATE_HOME, GITHUB_TOKEN, ...given } = gate.env as Record<string, string>
    expect(GITHUB_TOKEN).toBe(expression('inputs.token'))
    const inputs = Object.values(given).map(
      (value) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(String(value))?.[1],
    )
    expect(inputs.toSorted()).toEqual(
      Object.keys(action.inputs)
        .filter((name) => !['artifact', 'token', 'code-scanning'].includes(name))
        .toSorted(),
    )
    expect(Object.keys(given).toSorted()).toEqual([...new Set(known)].toSorted())
    expect(gate.run).toBe('"$GATE_HOME/.ci/gate"')
    expect(upload).toMatchObject({
      if: 'always()',
      with: { path: expect.stringContaining('inputs.reports') },
    })
    expect(action.inputs.blocking.default).toBe('true')
  })

  test('action, template and schema name the parts of the gate', () => {
    const named = partNames.join(', ')
    expect(action.inputs.parts.description).toContain(named)
    expect(header.spec.inputs.parts.description).toContain(named)
    const { properties } = JSON.parse(read('gate/report.schema.json'))
    expect(properties.parts.items.properties.name.enum).toEqual(partNames)
  })

  test('the action brings Node, restores what it installed before, and shows SARIF where that is asked for', () => {
    const used = (name: string) =>
      (action.runs.steps as { uses?: string; if?: string; with: Record<string, string> }[]).find(({ uses }) =>
        uses?.startsWith(name),
      )
    expect(used('actions/setup-node@')?.with['node-version']).toBe('24')
    expect(used('actions/cache@')?.with).toEqual({
      path: `${expression('github.action_path')}/node_modules`,
      key: expression('steps.install.outputs.key'),
    })
    const scanning = used('github/codeql-action/upload-sarif@')
    expect(scanning?.if).toContain("inputs.code-scanning == 'true'")
    expect(scanning?.with.sarif_file).toBe(`${expression('inputs.reports')}/gate.sarif`)
  })

  test('the GitLab template hands over the same', () => {
    const job = body['contract-gate']
    const { GATE_HOME, GIT_DEPTH, ...given } = job.variables
    expect(Object.keys(given).toSorted()).toEqual([...new Set(known)].toSorted())
    expect(job.script).toEqual(['bash "$GATE_HOME/.ci/gate"'])
    for (const report of Object.values(job.artifacts.reports)) expect(report).toMatch(/^gate-reports\/gate\./)
    const inputs = JSON.stringify(job)
      .match(/inputs\.[\w-]+/g)
      ?.map((input) => input.slice('inputs.'.length))
    expect(new Set(inputs)).toEqual(new Set(Object.keys(header.spec.inputs)))
    expect(header.spec.inputs.blocking.default).toBe('true')
  })

  test('which formats are written where is for the gate to know: the templates only read what it writes', () => {
    const files = Object.values(gateFormats).flatMap((format) =>
      'pipeline' in format && 'file' in format.pipeline ? [format.pipeline.file] : [],
    )
    expect(read('.ci/gate')).not.toContain('--reporter')
    for (const template of ['.ci/gate', '.gitlab/gate.yml', 'action.yml'])
      for (const [name] of read(template).matchAll(/(?<![\w.])gate\.(?!log|yml)[a-z.]*[a-z]/g))
        expect(files).toContain(name)
    const { junit, codequality } = gateFormats
    expect(body['contract-gate'].artifacts.reports).toEqual({
      junit: `gate-reports/${junit.pipeline.file}`,
      codequality: `gate-reports/${codequality.pipeline.file}`,
    })
  })

  test('this repository uses its own action on pull requests, with the history that the base needs', () => {
    const { gate, everything } = parse(read('.github/workflows/ci.yml')).jobs
    const [checkout, own] = gate.steps
    expect([checkout.with['fetch-depth'], own.uses]).toEqual([0, './'])
    for (const input of Object.keys(own.with)) expect(Object.keys(action.inputs)).toContain(input)
    expect(everything.steps.at(-1).run).toBe('.ci/run')
  })
})
